import { describe, expect, it } from 'vitest'
import { mergeLatest, patchAttributes } from './patch.ts'

describe('patching what REST answered with what came live', () => {
  it('keeps the newer of two values of a key', () => {
    expect(mergeLatest({ a: [10, 'live'] }, { a: [5, 'rest'], b: [1, 'rest'] })).toEqual({
      a: [10, 'live'],
      b: [1, 'rest'],
    })
    expect(mergeLatest({ a: [10, 'old'] }, { a: [10, 'corrected'] })).toEqual({ a: [10, 'corrected'] })
  })

  it('takes only changes of its own attribute scope', () => {
    const known = [{ key: 'a', value: 1, lastUpdateTs: 1 }]
    const change = {
      kind: 'attributes' as const,
      changed: [
        { scope: 'SERVER_SCOPE' as const, key: 'b', ts: 2, value: 2 },
        { scope: 'SHARED_SCOPE' as const, key: 'c', ts: 2, value: 2 },
      ],
      deleted: [{ scope: 'SERVER_SCOPE' as const, key: 'a' }],
    }
    expect(patchAttributes(known, 'SERVER_SCOPE', change)).toEqual([{ key: 'b', value: 2, lastUpdateTs: 2 }])
  })
})
