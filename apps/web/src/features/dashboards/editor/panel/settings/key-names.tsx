'use client'
import type { Json } from '../../side/json.ts'
import { keyOptions, type KeyType } from '../data/key-options.ts'
import { useSourceKeys } from '../data/use-source-keys.ts'

/** The keys that the entities of a source have. */
export const KeyNames = (p: { id: string; of: Json; kind: KeyType }) => {
  const found = useSourceKeys(p.of).data ?? null
  const names = keyOptions(found, false).flatMap(({ type, name }) => (type === p.kind ? [name] : []))
  return (
    <datalist id={p.id}>
      {[...new Set(names)].map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  )
}
