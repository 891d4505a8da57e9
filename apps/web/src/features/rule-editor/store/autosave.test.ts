import { ApiError } from '@thingwire/api-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ChainDocument } from '../model/document.ts'
import { toData, toDocument } from '../model/document.ts'
import * as edits from '../model/edits.ts'
import { isSameDocument } from '../model/same.ts'
import { aDocument, aNode } from '../model/testing.ts'
import { Autosave, type SaveEvent } from '../../drafts/autosave.ts'
import type { LocalCopies, LocalCopy } from '../../drafts/local-copies.ts'
import type { DraftServer, ServerState } from '../../drafts/model.ts'
import { chainDrafts } from '../model/drafts.ts'
import { EditorStore } from './editor-store.ts'

const begin = aDocument([aNode('a'), aNode('b')], ['a>b:Success'])

/** As it comes from the server: other objects with the same members. */
const travelled = (document: ChainDocument) => toDocument(JSON.parse(JSON.stringify(toData(document))), () => 'new')

/** A server as there is one: the newest revision wins, everybody else gets 409. */
class FakeServer implements DraftServer<ChainDocument> {
  published = begin
  version = 1
  versions = new Map<number, ChainDocument>([[1, begin]])
  draft: { document: ChainDocument; revision: number; baseVersion: number; by: string | null } | null = null
  revisions = 0
  /** What the next calls fail with. */
  failures: ApiError[] = []
  saves: ChainDocument[] = []
  busy = 0
  mostBusy = 0

  async #call<T>(work: () => T): Promise<T> {
    this.busy += 1
    this.mostBusy = Math.max(this.mostBusy, this.busy)
    await new Promise((resolve) => setTimeout(resolve, 50))
    this.busy -= 1
    const failure = this.failures.shift()
    if (failure) throw failure
    return work()
  }

  load = (): Promise<ServerState<ChainDocument>> =>
    this.#call(() => ({
      published: travelled(this.published),
      version: this.version,
      draft: this.draft && { ...this.draft, document: travelled(this.draft.document) },
      draftBase: this.draft ? (this.versions.get(this.draft.baseVersion) ?? null) : null,
    }))

  save: DraftServer<ChainDocument>['save'] = ({ document, revision, baseVersion }) =>
    this.#call(() => {
      if (revision !== (this.draft?.revision ?? null)) throw new ApiError(409, 35, 'conflict')
      this.saves.push(document)
      this.draft = { document: travelled(document), revision: ++this.revisions, baseVersion, by: 'me' }
      return this.revisions
    })

  discard: DraftServer<ChainDocument>['discard'] = (revision) =>
    this.#call(() => {
      if (this.draft?.revision !== revision) throw new ApiError(409, 35, 'conflict')
      this.draft = null
    })

  /** Somebody else edits what is there. */
  other(edit: edits.Edit, by = 'Anna') {
    const document = edit(this.draft?.document ?? this.published)
    this.draft = { document, revision: ++this.revisions, baseVersion: this.draft?.baseVersion ?? this.version, by }
  }

  publish(document: ChainDocument, keepsDraft = false) {
    this.published = document
    this.versions.set(++this.version, document)
    if (!keepsDraft) this.draft = null
  }
}

class FakeCopies implements LocalCopies<ChainDocument> {
  own: LocalCopy<ChainDocument> | null = null
  others: LocalCopy<ChainDocument>[] = []
  isFull = false
  readAll = async () => [...this.others, ...(this.own ? [this.own] : [])]
  write: LocalCopies<ChainDocument>['write'] = async (copy) => {
    if (this.isFull) throw new DOMException('no room', 'QuotaExceededError')
    this.own = { key: 'own', ...copy }
  }
  remove: LocalCopies<ChainDocument>['remove'] = async (keys = []) => {
    this.own = null
    this.others = this.others.filter(({ key }) => !keys.includes(key))
  }
}

const open = async (server: FakeServer, copies: FakeCopies) => {
  const opened = await server.load()
  const store = new EditorStore({
    document: opened.draft?.document ?? opened.published,
    published: opened.published,
    version: opened.version,
    revision: opened.draft?.revision ?? null,
    isReadOnly: false,
  })
  const told: SaveEvent[] = []
  const saving = new Autosave({
    ...{ store, model: chainDrafts, server, copies, opened },
    tell: (event) => told.push(event),
    reasonOf: (error) => (error instanceof Error ? error.message : ''),
  })
  saving.start(await copies.readAll())
  return { store, saving, told }
}

const setUp = async (server = new FakeServer(), copies = new FakeCopies()) => {
  const opening = open(server, copies)
  await vi.advanceTimersByTimeAsync(100)
  return { server, copies, ...(await opening) }
}

const rename = (id: string, name: string) => edits.changeNode(id, { name })
const lost = new ApiError(0, 0, 'unreachable')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('edits reach the server in one save after a rest, and are in this browser until then', async () => {
  const { server, copies, store } = await setUp()
  expect(store.get().save.kind).toBe('saved')
  store.edit('settings', rename('a', 'x'))
  expect(store.get().save.kind).toBe('waiting')
  await vi.advanceTimersByTimeAsync(300)
  expect(copies.own?.document.nodes.a?.name).toBe('x')
  store.edit('settings', rename('a', 'xy'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.saves.map((one) => one.nodes.a?.name)).toEqual(['xy'])
  expect(server.draft).toMatchObject({ revision: 1, baseVersion: 1 })
  expect(store.get()).toMatchObject({ revision: 1, save: { kind: 'saved' } })
  expect(copies.own).toBeNull()
})

test('somebody who never rests is saved, too, by one request at a time', async () => {
  const { server, store } = await setUp()
  for (let at = 0; at < 120; at++) {
    store.edit('settings', rename('a', `name ${at}`))
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(server.saves.length).toBeGreaterThanOrEqual(2)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(server.draft?.document.nodes.a?.name).toBe('name 119')
  expect(server.mostBusy).toBe(1)
})

test('a draft that is as published again is none', async () => {
  const { server, store } = await setUp()
  store.edit('settings', rename('a', 'x'))
  await vi.advanceTimersByTimeAsync(1_000)
  store.undo()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.draft).toBeNull()
  expect(store.get()).toMatchObject({ revision: null, save: { kind: 'saved' } })
})

test('without a connection edits stay in this browser and are tried again, sooner when it is back', async () => {
  const { server, copies, store, saving } = await setUp()
  server.failures = [lost, lost, lost, lost, lost]
  store.edit('settings', rename('a', 'x'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(store.get().save).toEqual({ kind: 'kept', reason: 'unreachable', isSignedOut: false })
  expect(copies.own?.document.nodes.a?.name).toBe('x')
  await vi.advanceTimersByTimeAsync(9_000)
  expect(server.failures).toHaveLength(1)
  server.failures = []
  saving.retry()
  await vi.advanceTimersByTimeAsync(100)
  expect(server.draft?.document.nodes.a?.name).toBe('x')
  expect(store.get().save.kind).toBe('saved')
})

test('an ended session is told from other reasons, and edits are saved once it is renewed', async () => {
  const { server, store } = await setUp()
  server.failures = [new ApiError(401, 10, 'signed out')]
  store.edit('settings', rename('a', 'x'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(store.get().save).toEqual({ kind: 'kept', reason: 'signed out', isSignedOut: true })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(server.draft?.document.nodes.a?.name).toBe('x')
})

test('what the server refuses is not sent again and again, but with the next edit', async () => {
  const { server, store } = await setUp()
  server.failures = [new ApiError(413, 0, 'too large')]
  store.edit('settings', rename('a', 'x'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(store.get().save).toEqual({ kind: 'kept', reason: 'too large', isSignedOut: false })
  store.edit('settings', rename('a', 'y'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(store.get().save.kind).toBe('saved')
})

test('a browser without room does not pretend to keep anything', async () => {
  const { server, copies, store } = await setUp()
  copies.isFull = true
  server.failures = [lost]
  store.edit('settings', rename('a', 'x'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(store.get().save.kind).toBe('unsaved')
  await vi.advanceTimersByTimeAsync(2_000)
  expect(store.get().save.kind).toBe('saved')
})

test('edits that a crashed page left behind are there again, as a step that can be undone', async () => {
  const first = await setUp()
  first.server.failures = Array.from({ length: 50 }, () => lost)
  first.store.edit('settings', rename('a', 'x'))
  await vi.advanceTimersByTimeAsync(1_000)
  const left = first.copies.own
  if (!left) throw new Error('nothing was kept')
  first.server.failures = []
  first.server.other(rename('b', 'of Anna'))

  const copies = new FakeCopies()
  copies.others = [{ ...left, key: 'crashed' }]
  const { store, told } = await setUp(first.server, copies)
  expect(store.document.nodes).toMatchObject({ a: { name: 'x' }, b: { name: 'of Anna' } })
  expect(told.map(({ kind }) => kind)).toEqual(['recovered'])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(first.server.draft?.document.nodes).toMatchObject({ a: { name: 'x' }, b: { name: 'of Anna' } })
  expect(copies.others).toEqual([])
  store.undo()
  expect(store.document.nodes.a?.name).toBe('node a')
})

test('edits that a crashed page left behind and that contradict newer ones are asked about', async () => {
  const server = new FakeServer()
  server.other(rename('a', 'of Anna'))
  const copies = new FakeCopies()
  copies.others = [{ key: 'crashed', at: 1, base: begin, document: rename('a', 'x')(begin) }]
  const { store, saving } = await setUp(server, copies)
  expect(store.get().save.kind).toBe('conflict')
  expect(copies.others).toHaveLength(1)
  saving.settle({})
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.draft?.document.nodes.a?.name).toBe('x')
  expect(copies.others).toEqual([])
})

test('edits of two people of different things come together on 409, as one step', async () => {
  const { server, store, told } = await setUp()
  store.edit('settings', rename('a', 'mine'))
  server.other(rename('b', 'of Anna'))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(server.draft?.document.nodes).toMatchObject({ a: { name: 'mine' }, b: { name: 'of Anna' } })
  expect(told).toEqual([{ kind: 'merged', cause: 'saved', by: 'Anna' }])
  expect(store.get().history.past.map(({ name }) => name)).toEqual(['settings', 'merge'])
  expect(store.get().save.kind).toBe('saved')
})

test('a contradiction is never settled silently: nothing is sent until the choice is made', async () => {
  const { server, copies, store, saving } = await setUp()
  store.edit('settings', edits.all(rename('a', 'mine'), rename('b', 'also mine')))
  server.other(rename('a', 'of Anna'))
  await vi.advanceTimersByTimeAsync(5_000)
  const { save } = store.get()
  if (save.kind !== 'conflict') throw new Error(save.kind)
  expect(save.conflict).toMatchObject({ kind: 'draft', by: 'Anna' })
  expect(save.conflict.contradictions.map(({ key }) => key)).toEqual(['node/a/name'])
  expect(server.draft?.document.nodes.a?.name).toBe('of Anna')
  expect(copies.own?.document.nodes.a?.name).toBe('mine')
  expect(copies.own?.base.nodes.a?.name).toBe('node a')

  store.edit('settings', rename('b', 'later'))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(store.get().save.kind).toBe('conflict')
  expect(server.saves).toEqual([])

  saving.settle({ 'node/a/name': 'theirs' })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.draft?.document.nodes).toMatchObject({ a: { name: 'of Anna' }, b: { name: 'later' } })
  expect(store.get().save.kind).toBe('saved')
  store.undo()
  expect(store.document.nodes.a?.name).toBe('mine')
})

test('an edit that takes the contradiction away ends the conflict', async () => {
  const { server, store } = await setUp()
  store.edit('settings', rename('a', 'mine'))
  server.other(rename('a', 'of Anna'))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(store.get().save.kind).toBe('conflict')
  store.edit('settings', rename('a', 'of Anna'))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(store.get().save.kind).toBe('saved')
})

test('while nothing is unsaved here, the edits of others show at once', async () => {
  const { server, store, saving, told } = await setUp()
  store.edit('settings', rename('a', 'mine'))
  await vi.advanceTimersByTimeAsync(1_000)
  server.other(rename('b', 'of Anna'))
  await Promise.all([saving.heard({ draft: 2, version: 1 }), vi.advanceTimersByTimeAsync(100)])
  expect(store.document.nodes.b?.name).toBe('of Anna')
  expect(store.get()).toMatchObject({ revision: 2, save: { kind: 'saved' } })
  expect(told).toHaveLength(1)
  expect(server.saves).toHaveLength(1)
  // To undo takes back what was done here, and leaves what Anna did.
  store.undo()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.draft?.document.nodes).toMatchObject({ a: { name: 'node a' }, b: { name: 'of Anna' } })
  store.redo()
  expect(store.document.nodes).toMatchObject({ a: { name: 'mine' }, b: { name: 'of Anna' } })
})

test('a draft that somebody else gave up can be had back', async () => {
  const { server, store, saving } = await setUp()
  store.edit('settings', rename('a', 'mine'))
  await vi.advanceTimersByTimeAsync(1_000)
  server.draft = null
  await Promise.all([saving.heard({ draft: null, version: 1 }), vi.advanceTimersByTimeAsync(1_500)])
  expect(store.document.nodes.a?.name).toBe('node a')
  store.undo()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.draft).toMatchObject({ document: { nodes: { a: { name: 'mine' } } } })
})

test('the own save, heard of before it is answered, is no news', async () => {
  const { server, store, saving } = await setUp()
  store.edit('settings', rename('a', 'x'))
  await vi.advanceTimersByTimeAsync(810)
  const heard = saving.heard({ draft: 1, version: 1 })
  const load = vi.spyOn(server, 'load')
  await Promise.all([heard, vi.advanceTimersByTimeAsync(200)])
  expect(store.get().revision).toBe(1)
  expect(load).not.toHaveBeenCalled()
})

test('after publishing, what the server made of the document is there without a step', async () => {
  const { server, store, saving } = await setUp()
  store.edit('settings', rename('a', 'x'))
  await vi.advanceTimersByTimeAsync(1_000)
  const flushed = saving.flush()
  await vi.advanceTimersByTimeAsync(100)
  expect(await flushed).toBe(true)
  server.publish(edits.changeNode('a', { configurationVersion: 1 })(store.document))
  await Promise.all([saving.published(), vi.advanceTimersByTimeAsync(100)])
  expect(store.get()).toMatchObject({ revision: null, version: 2, save: { kind: 'saved' } })
  expect(store.document.nodes.a?.configurationVersion).toBe(1)
  expect(store.document).toBe(store.get().published)
  expect(store.get().history.past).toHaveLength(1)
})

test('who publishes hears of it first, and is not told of it as of what others did', async () => {
  const { server, store, saving, told } = await setUp()
  store.edit('settings', rename('a', 'x'))
  await vi.advanceTimersByTimeAsync(1_000)
  server.publish(edits.changeNode('a', { configurationVersion: 1 })(store.document))
  const heard = saving.heard({ draft: null, version: 2 })
  await Promise.all([saving.published(), vi.advanceTimersByTimeAsync(100)])
  await Promise.all([heard, vi.advanceTimersByTimeAsync(2_000)])
  expect(store.document.nodes.a?.configurationVersion).toBe(1)
  expect(told).toEqual([])
})

test('what somebody else published is there, and nothing that was done here is lost', async () => {
  const { server, store, saving, told } = await setUp()
  store.edit('settings', rename('a', 'mine'))
  await vi.advanceTimersByTimeAsync(1_000)
  server.publish(rename('b', 'of Anna')(store.document))
  await Promise.all([saving.heard({ draft: null, version: 2 }), vi.advanceTimersByTimeAsync(2_000)])
  expect(store.document).toBe(store.get().published)
  expect(store.document.nodes).toMatchObject({ a: { name: 'mine' }, b: { name: 'of Anna' } })
  expect(told).toMatchObject([{ cause: 'published' }])
  store.undo()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.draft).toMatchObject({ baseVersion: 2, document: { nodes: { a: { name: 'node a' } } } })
  expect(server.draft?.document.nodes.b?.name).toBe('of Anna')
})

test('a draft that goes out from an older version is brought onto the newest, with a question where that contradicts', async () => {
  const server = new FakeServer()
  server.other(edits.all(rename('a', 'draft'), edits.addNode(aNode('c'))))
  server.publish(edits.all(rename('a', 'published'), rename('b', 'published'))(begin), true)
  const { store, saving } = await setUp(server)
  const { save } = store.get()
  if (save.kind !== 'conflict') throw new Error(save.kind)
  expect(save.conflict.kind).toBe('published')
  saving.settle({})
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.draft).toMatchObject({ baseVersion: 2 })
  expect(server.draft?.document.nodes).toMatchObject({ a: { name: 'draft' }, b: { name: 'published' }, c: {} })
})

test('discarding goes back to what is published, and can be undone', async () => {
  const { server, store, saving } = await setUp()
  store.edit('settings', rename('a', 'x'))
  await vi.advanceTimersByTimeAsync(1_000)
  await Promise.all([saving.discard(), vi.advanceTimersByTimeAsync(100)])
  expect(server.draft).toBeNull()
  expect(isSameDocument(store.document, begin)).toBe(true)
  store.undo()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.draft?.document.nodes.a?.name).toBe('x')
})

test('leaving the page saves what is not saved yet', async () => {
  const { server, store, saving } = await setUp()
  store.edit('settings', rename('a', 'x'))
  saving.stop()
  await vi.advanceTimersByTimeAsync(100)
  expect(server.draft?.document.nodes.a?.name).toBe('x')
})
