/** The specifications that have numbered statements: 3.1.1 (OASIS, 2014) and 5.0 (OASIS, 2019). */
export type SpecificationVersion = '3.1.1' | '5.0'

/** Whom a statement binds. Only those that bind a server are counted. */
export type Party = 'server' | 'client'

/** `[MQTT-<id>]` of a specification, with what it asks in short. */
export type Clause = { id: string; party: Party; summary: string }

/** Reads rows of `id | party | summary`. */
export const clausesOf = (table: string): readonly Clause[] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', party = '', summary = ''] = line.split('|').map((cell) => cell.trim())
      if (!/^\d\.\d+(?:\.\d+)?-\d+$/.test(id) || !(party === 'server' || party === 'client') || summary === '')
        throw new Error(`Not a clause: ${line}`)
      return { id, party, summary }
    })
