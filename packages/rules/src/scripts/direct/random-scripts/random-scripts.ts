import fc from 'fast-check'
import { living } from './living.ts'
import { name } from './parts.ts'
import { calm, wild } from './wild.ts'
import { working } from './working.ts'

/*
 * Scripts and messages made at random, in which everything that a direct script knows turns up beside things that it must
 * leave to the sandbox.
 */

/** The body of a script. */
export const randomBody = fc.oneof(wild, calm, working, working, living)

const value = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('1', '-0', '0.5', '1e400', '1.0', '22', '"12"', '"a"', '"x y"', '""', 'true', 'null'),
  },
  fc.constantFrom(
    '[]',
    '[1,2]',
    '{"a":1}',
    '{"b":{"c":2}}',
    '{"toString":1}',
    '[[1],"a"]',
    '"\\ud800"',
    '{"0":1,"a":2}',
  ),
)
const object = fc
  .array(fc.tuple(name, value), { maxLength: 5 })
  .map((members) => `{${members.map(([key, of]) => `${JSON.stringify(key)}: ${of}`).join(',')}}`)

/** What a message carries; now and then that is no JSON. */
export const randomData = fc.oneof({ weight: 20, arbitrary: object }, value, fc.constantFrom('{"a":1', '', '[1]'))
export const randomMetadata = fc.dictionary(name, fc.constantFrom('x', '', '12', '"', '\u2028'), { maxKeys: 4 })
