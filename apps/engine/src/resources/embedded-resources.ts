import { createHash } from 'node:crypto'
import { AppError, type ResourceExport, type ResourceInfo } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Caller } from '../auth/sign-in.ts'
import { mediaTypeOf } from './resource-export.ts'
import { fromBase64, type ResourceService, toKey } from './resource-service.ts'

/** Dashboards and widget types with the images and script modules that they use, for files that leave the installation. */
export type EmbeddedResources = {
  /** The tenant's images and modules that something points at, wherever in it. */
  export(caller: Caller, thing: unknown): Promise<ResourceExport[]>
  /** Makes what came along with a thing, unless it is there, and lets the links point at it. */
  import<T extends { resources?: readonly ResourceExport[] | null | undefined }>(caller: Caller, thing: T): Promise<T>
  /** An image as data instead of a link; what is no link, or leads nowhere, stays. */
  inline(caller: Caller, image: string | null): Promise<string | null>
}

/** A file carries its pictures, but nobody puts a whole gallery into one. */
const mostResources = 200
/** Keys have brackets in pairs (`plan_(1).png`); a lone one belongs to what stands around, as in `url(…)`. */
const imageLink = /\/api\/images\/(tenant|system)\/((?:[^"'\\\s()<>]|\([^"'\\\s()<>]*\))+)/g
/** Keys of modules are names of files, with spaces, too; a link is all of a text. */
const moduleLink = /\/api\/resource\/js_module\/(tenant|system)\/([^"\\/]+)/g
const carried = ['IMAGE', 'JS_MODULE'] as const
type Carried = (typeof carried)[number]

export const createEmbeddedResources = (deps: {
  database: Pick<Database, 'resources'>
  resources: ResourceService
}): EmbeddedResources => {
  const { resources } = deps

  /** Null: missing, or not for the caller. */
  const find = async (
    caller: Caller,
    type: Carried,
    owner: 'tenant' | 'system',
    key: string,
  ): Promise<ResourceInfo | null> => {
    try {
      return await resources.infoByKey(caller, owner, type, decoded(key))
    } catch (error) {
      if (error instanceof AppError && error.act === 'caller') return null
      throw error
    }
  }

  return {
    export: async (caller, thing) => {
      const text = JSON.stringify(thing)
      const keysOf = (links: RegExp) =>
        new Set([...text.matchAll(links)].flatMap(([, owner, key]) => (owner === 'tenant' && key ? [key] : [])))
      const named = [
        ...[...keysOf(imageLink)].map((key) => ['IMAGE', key] as const),
        ...[...keysOf(moduleLink)].map((key) => ['JS_MODULE', key] as const),
      ]
      const exported: ResourceExport[] = []
      for (const [type, key] of named.slice(0, mostResources)) {
        const info = await find(caller, type, 'tenant', key)
        if (info) exported.push(await resources.export(caller, info))
      }
      return exported
    },

    import: async (caller, thing) => {
      const links = new Map<string, string>()
      for (const file of (thing.resources ?? []).slice(0, mostResources)) {
        const type = carried.find((one) => one === file.type)
        if (!type) continue
        const etag = createHash('sha256').update(fromBase64(file.data)).digest('hex')
        const scope = resources.scopeNamed(caller, 'tenant')
        const existing = await deps.database.resources.findByKey(scope, type, toKey(file.resourceKey))
        const info = existing?.etag === etag ? existing : await resources.import(caller, file)
        if (file.link && file.link !== info.link) links.set(file.link, info.link)
      }
      return links.size === 0 ? thing : relinked(thing, links)
    },

    inline: async (caller, image) => {
      const [, owner, key] = [...(image ?? '').matchAll(imageLink)][0] ?? []
      if ((owner !== 'tenant' && owner !== 'system') || key === undefined) return image
      const info = await find(caller, 'IMAGE', owner, key)
      if (!info) return image
      const { data } = await resources.file(info)
      return `data:${mediaTypeOf(info.descriptor) ?? 'image/png'};base64,${data.toString('base64')}`
    },
  }
}

const decoded = (key: string): string => {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}

/** Every text that contains an old link, with the new one. */
const relinked = <T>(thing: T, links: ReadonlyMap<string, string>): T => {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') {
      let text = value
      for (const [from, to] of links) text = text.replaceAll(from, () => to)
      return text
    }
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === 'resources' ? one : walk(one)]))
  }
  // The shape does not change, only texts in it.
  return walk(thing) as T
}
