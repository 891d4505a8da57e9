// Mutated packets against every transport: the fuzz tests of "npm test", with as many packets as wanted.
//   npm run fuzz                                   a million packets each, a new seed
//   npm run fuzz -- --packets 200000 --seed 7      as many as named, the run with that seed again
//   npm run fuzz -- --transport coap               one of mqtt, coap, http
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

const files: Record<string, readonly string[]> = {
  mqtt: [
    'apps/engine/src/transports/mqtt/protocol/fuzz.int.test.ts',
    'apps/engine/src/transports/mqtt/fuzz.int.test.ts',
  ],
  coap: ['apps/engine/src/transports/coap/fuzz.int.test.ts'],
  http: ['apps/engine/src/transports/http/fuzz.int.test.ts'],
}

const { values } = parseArgs({
  options: { packets: { type: 'string' }, seed: { type: 'string' }, transport: { type: 'string' } },
})
const packets = Number(values.packets ?? 1_000_000)
const seed = Number(values.seed ?? randomInt(2 ** 31))
const names = values.transport === undefined ? Object.keys(files) : [values.transport]
const unknown = names.filter((name) => !(name in files))
if (!Number.isInteger(packets) || packets < 1 || !Number.isInteger(seed) || unknown.length > 0) {
  console.error(`Usage: npm run fuzz -- [--packets n] [--seed n] [--transport ${Object.keys(files).join('|')}]`)
  process.exit(2)
}

console.log(`${packets} packets a transport, seed ${seed}`)
for (const name of names) {
  const { status } = spawnSync('vitest', ['run', '--project', 'integration', ...(files[name] ?? [])], {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_PACKETS: String(packets), FUZZ_SEED: String(seed) },
  })
  if (status !== 0) {
    console.error(
      `${name}: failed; again with: npm run fuzz -- --packets ${packets} --seed ${seed} --transport ${name}`,
    )
    process.exitCode = 1
  }
}
