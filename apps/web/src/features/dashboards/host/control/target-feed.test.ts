import { describe, expect, it, vi } from 'vitest'
import { deviceId, fakeServer } from '../../data/fake-server.ts'
import { createTargetFeed, resolveTarget } from './target-feed.ts'

const context = { document: { aliases: new Map(), filters: new Map() }, stack: [], filters: {}, picks: {} }
const one = { entityFilter: { type: 'singleEntity' as const, singleEntity: deviceId(1) } }

/** A feed whose server answers when the test says so. */
const setUp = async () => {
  const server = fakeServer()
  const feed = createTargetFeed(server.runtime.ports.sets, one)
  const changed = vi.fn()
  const leave = feed.listen(changed)
  await Promise.resolve()
  const answer = (n: number | null) => server.answerEntities(n === null ? {} : { [n]: {} })
  return { server, feed, changed, leave, answer }
}

describe('the target of a widget', () => {
  it('is the device that the file names, or what its alias names', () => {
    expect(resolveTarget({ deviceId: deviceId(1).id }, context)).toMatchObject({ status: 'ready', question: one })
    expect(resolveTarget({ entityAliasId: 'a' }, context)).toMatchObject({ reason: 'missingAlias' })
    expect(resolveTarget(null, context)).toBeNull()
  })

  it('is known once the server has answered, and stays the same object while it is the same entity', async () => {
    const { feed, changed, answer } = await setUp()
    expect(feed.read()).toEqual({ status: 'loading' })
    answer(1)
    const known = feed.read()
    expect(known).toMatchObject({ status: 'ready', entity: { id: deviceId(1), name: 'Device 1' } })
    answer(1)
    expect(feed.read()).toBe(known)
    expect(changed).toHaveBeenCalledTimes(1)
    answer(2)
    expect(feed.read()).toMatchObject({ entity: { id: deviceId(2) } })
  })

  it('is nobody where no entity matches, and a refusal is told', async () => {
    const { feed, answer, server } = await setUp()
    answer(null)
    expect(feed.read()).toEqual({ status: 'ready', entity: null })
    server.tell({ kind: 'refused', message: 'Permission denied' })
    expect(feed.read()).toEqual({ status: 'failed', reason: 'Permission denied' })
  })
})
