// Builds the same requests with swagger-client, and compares what it sends with what was sent.
const fs = require('fs');
const { buildRequest } = require('swagger-client');

// Both may encode a character that the other leaves as it is.
const plain = (text) => decodeURIComponent(text);

const built = ({ place, style, explode, value }) => {
  const named = place === 'path' ? 'id' : place === 'header' ? 'X-N' : 'n';
  const parameters = [{ name: named, in: place, required: true, style, explode, schema: {} }];
  if (place !== 'path') parameters.push({ name: 'id', in: 'path', required: true, schema: {} });
  const spec = {
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    servers: [{ url: 'http://h' }],
    paths: { '/a/{id}/b': { post: { operationId: 'op', parameters, responses: {} } } },
  };
  const request = buildRequest({ spec, operationId: 'op', parameters: { id: 'x', [named]: value } });
  if (place === 'header') return request.headers['X-N'];
  const [path, query] = request.url.replace('http://h', '').split('?');
  return place === 'path' ? path : query;
};

let tried = 0;
const wrong = [];
for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean)) {
  const one = JSON.parse(line);
  if (one.kind !== 'built') continue;
  tried += 1;
  const other = built(one);
  const same = one.place === 'header' ? other === one.sent : plain(other) === plain(one.sent);
  if (!same) wrong.push({ ...one, other });
}
wrong.slice(0, 40).forEach((one) => console.log(JSON.stringify(one)));
console.log(`swagger-client: ${tried - wrong.length} of ${tried} values are sent as it sends them`);
process.exit(tried > 0 && wrong.length === 0 ? 0 : 1);
