# The engine makes containers: that takes root, and control groups that can be written to.
[ "$(id -u)" = 0 ] || { echo "root is not here"; exit; }
for groups in /sys/fs/cgroup/memory /sys/fs/cgroup/cgroup.controllers; do [ -e "$groups" ] && exit; done
echo "control groups are not here"
