import type { Departure } from './node.ts'
import type { Message } from '@thingwire/contracts'

/**
 * For each departure the index of the message it came from, by message id. Nodes answer in order as a rule, so a cursor
 * finds nearly all of them without a table. Throws when a node lets go a message it was not given.
 */
export const assignOwners = (messages: readonly Message[], departures: readonly Departure[]): number[] => {
  const owners = new Array<number>(departures.length)
  let cursor = 0
  let byId: Map<string, number> | undefined
  for (let at = 0; at < departures.length; at++) {
    const id = departures[at]?.message.id
    let owner: number | undefined
    if (id === messages[cursor]?.id) owner = cursor
    else if (id === messages[cursor + 1]?.id) owner = cursor + 1
    else {
      byId ??= new Map(messages.map((message, index) => [message.id, index]))
      owner = id === undefined ? undefined : byId.get(id)
    }
    if (owner === undefined) throw new Error(`The node returned a message it was not given (id ${id})`)
    owners[at] = owner
    cursor = owner
  }
  return owners
}
