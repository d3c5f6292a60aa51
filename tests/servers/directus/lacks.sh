# Two of its packages have a part in C++, which is compiled where nobody has it for this version of Node.
command -v node > /dev/null || { echo "Node is not here"; exit; }
version=$(node -p 'process.versions.node.split(".")[0]')
[ "$version" -ge 18 ] && [ "$version" -le 22 ] || { echo "Node 18 to 22 is needed, found $version"; exit; }
for program in npm g++ make; do command -v $program > /dev/null || { echo "\`$program\` is not here"; exit; }; done
