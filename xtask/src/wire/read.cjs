// Reads queries and forms with qs, as Express does, and compares the values with those that went in.
const fs = require('fs');
const qs = require('qs');

// Text is all that a query has.
const text = (value) => {
  if (Array.isArray(value)) return value.map(text);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.keys(value).sort().map((key) => [key, text(value[key])]));
  }
  return String(value);
};

let tried = 0;
const wrong = [];
for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean)) {
  const { kind, place, media, sent, value } = JSON.parse(line);
  const isForm = place === 'query' || media === 'application/x-www-form-urlencoded';
  if (!isForm || !['repeated', 'members', 'deep'].includes(kind)) continue;
  const read = qs.parse(sent, { depth: 20, arrayLimit: 1000 });
  let found = kind === 'members' ? read : read.n;
  // One value under a name may be a list of one.
  if (kind === 'repeated' && Array.isArray(value) && !Array.isArray(found)) found = [found];
  if (kind === 'members') {
    for (const key of Object.keys(value)) {
      if (Array.isArray(value[key]) && !Array.isArray(found[key])) found[key] = [found[key]];
    }
  }
  tried += 1;
  if (JSON.stringify(text(found)) !== JSON.stringify(text(value))) wrong.push({ kind, sent, value, found });
}
wrong.forEach((one) => console.log(JSON.stringify(one)));
console.log(`qs: ${tried - wrong.length} of ${tried} values are read as they went in`);
process.exit(tried > 0 && wrong.length === 0 ? 0 : 1);
