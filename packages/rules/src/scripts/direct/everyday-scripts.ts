import type { ScriptKind, ScriptLibrarySource } from '../script.ts'

/** Scripts as they stand in rule chains. */
export type EverydayScript = {
  name: string
  kind: ScriptKind
  body: string
  data: unknown
  libraries?: ScriptLibrarySource[]
}

const update = 'return {msg: msg, metadata: metadata, msgType: msgType};'

export const everydayScripts: readonly EverydayScript[] = [
  {
    name: 'the switch that a new chain has',
    kind: 'switch',
    body: `function nextRelation(metadata, msg) {
    return ['one','nine'];
}
if(msgType === 'POST_TELEMETRY_REQUEST') {
    return ['two'];
}
return nextRelation(metadata, msg);`,
    data: {},
  },
  {
    name: 'the details of an alarm that counts',
    kind: 'json',
    body: `var details = {};
if (metadata.prevAlarmDetails) {
    details = JSON.parse(metadata.prevAlarmDetails);
    delete metadata.prevAlarmDetails;
    details.count++;
} else {
    details.count = 1;
}
return details;`,
    data: { t: 1 },
  },
  {
    name: 'the log of a message',
    kind: 'string',
    body: `return '\\nIncoming message:\\n' + JSON.stringify(msg) + '\\nIncoming metadata:\\n' + JSON.stringify(metadata);`,
    data: { t: 1, on: [true, null] },
  },
  {
    name: 'bytes of a device',
    kind: 'update',
    body: `function decode(bytes) {
  var decoded = {};
  for (var i = 0; i < bytes.length; ) {
    var channel = bytes[i++];
    var type = bytes[i++];
    switch (type) {
      case 0x67: {
        decoded['temperature_' + channel] = readInt16(bytes, i) / 10;
        i += 2;
        break;
      }
      case 0x68:
        decoded['humidity_' + channel] = bytes[i] / 2;
        i += 1;
        break;
      default:
        return decoded;
    }
  }
  return decoded;
}
function readInt16(bytes, at) {
  var value = (bytes[at] << 8) + bytes[at + 1];
  return value > 0x7fff ? value - 0x10000 : value;
}
msg = decode(msg.bytes);
${update}`,
    data: { bytes: [1, 0x67, 0x00, 0xe1, 2, 0x68, 100, 3, 0x67, 0xff, 0x9c, 9, 9] },
  },
  {
    name: 'an uplink that carries bytes as Base64',
    kind: 'update',
    body: `const device = {
  factor: 100,
  fields: [
    { name: 'temperature', size: 2, read: function (view, at) { return view.getInt16(at) / this.factor; } },
    { name: 'pressure', size: 4, read: function (view, at) { return Math.round(view.getFloat32(at, true)); } },
    { name: 'battery', size: 1, read: (view, at) => view.getUint8(at) / 10 },
  ],
  decode(bytes) {
    const view = new DataView(bytes.buffer);
    const values = {};
    let at = 0;
    for (const field of this.fields) {
      values[field.name] = field.read.bind(this)(view, at);
      at += field.size;
    }
    return values;
  },
};
const uplink = JSON.parse(String.fromCharCode.apply(String, msg));
const bytes = Uint8Array.from(atob(uplink.data), (sign) => sign.charCodeAt(0));
const text = Array.from(bytes, (byte) => ('0' + byte.toString(16)).slice(-2)).join('');
msg = Object.assign(device.decode(bytes), {
  text,
  spreading: parseInt(uplink.rate.replace(/.*SF(\\d+).*/, '$1')),
  gateway: uplink.rate?.gateway?.id ?? 'none',
});
return {msg: msg, metadata: metadata, msgType: msgType};`,
    data: [...Buffer.from('{"data":"/zgAAMdCJA==","rate":"SF7BW125"}')],
  },
  {
    name: 'bytes as a text of hexadecimal digits',
    kind: 'update',
    body: `var bytes = [];
for (var c = 0; c < msg.hex.length; c += 2) bytes.push(parseInt(msg.hex.substr(c, 2), 16));
var volts = ((bytes[0] << 8) | bytes[1]) / 1000;
msg = {volts: volts, crc: bytes.reduce(function (sum, byte) { return (sum + byte) & 0xff; }, 0).toString(16)};
${update}`,
    data: { hex: '0ce4ff10' },
  },
  {
    name: 'new names for keys',
    kind: 'update',
    body: `const names = {temp: 'temperature', hum: 'humidity'};
const renamed = {};
Object.keys(msg).forEach(key => { renamed[names[key] || key] = msg[key]; });
return {msg: renamed, metadata, msgType};`,
    data: { temp: 21, hum: 40, other: 'x' },
  },
  {
    name: 'only the numbers',
    kind: 'update',
    body: `var newMsg = {};
for (var key in msg) {
  if (!msg.hasOwnProperty(key)) continue;
  if (typeof msg[key] === 'number' && !isNaN(msg[key])) newMsg[key] = Math.round(msg[key] * 100) / 100;
}
return {msg: newMsg, metadata: metadata, msgType: msgType};`,
    data: { a: 1.23456, b: 'x', c: 3, d: null },
  },
  {
    name: 'one message for each reading',
    kind: 'update',
    body: `let messages = [];
for (const reading of msg.readings) {
  const { ts, values: { t, h = 50 } } = reading;
  messages.push({ msg: { t, h }, metadata: { ...metadata, ts: String(ts) }, msgType });
}
return messages;`,
    data: {
      readings: [
        { ts: 1, values: { t: 20 } },
        { ts: 2, values: { t: 21, h: 40 } },
      ],
    },
  },
  {
    name: 'a mean, a median and a largest value',
    kind: 'json',
    body: `const list = msg.samples.filter(x => x !== null).map(Number);
const sorted = list.slice().sort((a, b) => a - b);
const mean = list.reduce((a, b) => a + b, 0) / list.length;
const middle = Math.floor(sorted.length / 2);
return { mean, median: sorted[middle], largest: Math.max(...list), first: sorted[0] };`,
    data: { samples: [3, null, 1, 10, '7'] },
  },
  {
    name: 'a text that may be no JSON',
    kind: 'json',
    body: `var given;
try { given = JSON.parse(msg.text); } catch (e) { given = { error: e.message, name: e.name, text: String(e) }; } finally { given.seen = true; }
return given;`,
    data: { text: '{"a":' },
  },
  {
    name: 'an error of its own that it catches',
    kind: 'string',
    body: `function check(v) { if (v > 10) throw new Error('too much: ' + v); return v; }
try { check(5); check(50); return 'fine'; } catch (error) { return error.message + ' | ' + error; }`,
    data: {},
  },
  {
    name: 'dates',
    kind: 'json',
    body: `var at = new Date(msg.ts); var later = new Date(at.getTime() + 3600000);
return [at.toISOString(), at, later - at, at.getUTCDay(), new Date('2024-02-30T00:00:00Z'), at < later, new Date(NaN)];`,
    data: { ts: 1_700_000_000_000 },
  },
  {
    name: 'regular expressions',
    kind: 'json',
    body: `return [/^[A-Z]{2}-\\d+$/.test(msg.serial), msg.serial.match(/(\\w+)-(\\d+)/), msg.text.replace(/\\s+/g, ' '),
  msg.text.split(/[,;]/), msg.serial.search(/\\d/), 'x'.match(/y/)];`,
    data: { serial: 'AB-123', text: 'a,  b;c   d' },
  },
  {
    name: 'a handler for each type',
    kind: 'json',
    body: `const handlers = { ALARM: (v) => v * 2, OTHER: function (v) { return v; } };
const handler = handlers[msgType];
return handler ? [handler(msg.t), handlers[msgType](1), handlers.OTHER(3)] : null;`,
    data: { t: 21 },
  },
  {
    name: 'functions that call themselves and each other',
    kind: 'json',
    body: `const isEven = (n) => n === 0 ? true : isOdd(n - 1);
function isOdd(n) { return n === 0 ? false : isEven(n - 1); }
const counter = (() => { let n = 0; return () => ++n; })();
counter(); counter();
function deep(value) { return Array.isArray(value) ? value.map(deep) : typeof value === 'object' && value !== null
  ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k.toUpperCase(), deep(v)])) : value; }
return [isEven(10), counter(), deep(msg), [3, 1, 2].map(function f(n) { return n < 2 ? 1 : n * f(n - 1); })];`,
    data: { a: [{ b: 1 }], c: { d: null } },
  },
  {
    name: 'all the loops',
    kind: 'json',
    body: `var out = [], i = 0;
while (i < 3) { i++; if (i === 2) continue; out.push(i); }
do { out.push('d' + i); } while (--i > 0);
outer_: for (let a = 0, b = 9; a < b; a += 2, b--) { if (a === 4) break; out.push([a, b]); }
for (const letter of msg.word) out.push(letter);
for (var at in msg.list) out.push(at + ':' + msg.list[at]);
return out;`.replace('outer_: ', ''),
    data: { word: 'aé😀', list: [5, 6] },
  },
  {
    name: 'lists, taken apart and put together',
    kind: 'json',
    body: `let [a, , b = 7, ...rest] = msg.list; [a, b] = [b, a];
const { x, ...others } = { x: 1, y: 2, z: [a] };
const copy = [...rest, ...msg.list.slice(-2)]; copy.unshift('first'); const gone = copy.splice(1, 2, 'in', 'stead');
copy[copy.length] = 'end';
return [a, b, x, others, copy, gone, copy.indexOf('end'), copy.includes(9), [3, 10, 2].sort(), [[1], [2, [3]]].flat(),
  copy.concat([1], 2).reverse().join('-'), [1, 2, 3].every(n => n > 0), [1, 2].some(n => n > 1), [1, 2, 3].find(n => n > 1),
  [1, 2, 3].findIndex(n => n > 5), [1, 2].flatMap(n => [n, n]), copy.shift(), copy.pop(), (1, 2), void 0, { [msgType]: 1 }];`,
    data: { list: [1, 2, 3, 4, 5, 6] },
  },
  {
    name: 'functions of libraries',
    kind: 'json',
    body: `// @use units, lists
return [toCelsius(msg.f), mean(msg.list)];`,
    data: { f: 212, list: [1, 2, 6] },
    libraries: [
      { name: 'math', body: 'function rounded(n) { return Math.round(n * 10) / 10; }' },
      { name: 'units', body: '// @use math\nfunction toCelsius(f) { return rounded((f - 32) * 5 / 9); }' },
      {
        name: 'lists',
        body: '// @use math\nfunction total(list) { return list.reduce((a, b) => a + b, 0); }\nfunction mean(list) { return rounded(total(list) / list.length); }',
      },
    ],
  },
]
