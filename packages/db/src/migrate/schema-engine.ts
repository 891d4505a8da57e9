import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'

/** Runs a whole SQL script on one connection. */
export type ScriptRunner = (client: pg.Pool, script: string) => Promise<void>

/**
 * Prisma's schema engine as WebAssembly: the same engine as the command's binary, without a download.
 * The wasm module is instantiated by hand because the package's own entry needs a bundler's wasm import.
 */
export const openSchemaEngine = async (o: {
  url: string
  /** `[path, text]` of the Prisma schema. */
  datamodel: [string, string]
  runScript: ScriptRunner
}): Promise<AsyncDisposable & { engine: SchemaEngine }> => {
  const glue = await loadGlue()
  const opened: SqlDriverAdapter[] = []
  const factory = wholeScripts(new PrismaPg({ connectionString: o.url, max: 2 }), o.runScript, opened)
  const engine = await glue.SchemaEngine.new(
    { datamodels: [o.datamodel] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  )
  return {
    engine,
    [Symbol.asyncDispose]: async () => {
      engine.free()
      // The engine leaves its connections, and the advisory lock they hold, to the adapter.
      await Promise.allSettled(opened.map((adapter) => adapter.dispose()))
    },
  }
}

/** Node has it; the type library without the browser's does not. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>
}

type Glue = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')
let loading: Promise<Glue> | undefined

const loadGlue = (): Promise<Glue> => {
  loading ??= (async () => {
    const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
    const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const bytes = await readFile(path.replace(/\.js$/, '.wasm'))
    // The package's types describe the module as a bundler sees it; `__wbg_set_wasm` and `__wbindgen_start` are the
    // two calls its own entry file makes.
    const untyped = glue as unknown as { __wbg_set_wasm(exports: object): void }
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': untyped })
    untyped.__wbg_set_wasm(instance.exports)
    Object.assign(globalThis, {
      PRISMA_WASM_PANIC_REGISTRY: {
        set_message: (message: string) => {
          throw new Error(`Prisma's schema engine failed: ${message}`)
        },
      },
    })
    const start = instance.exports.__wbindgen_start
    if (typeof start === 'function') start()
    return glue
  })()
  return loading
}

/**
 * The stock adapter cuts a script at every semicolon, which breaks function bodies and comments, and sends the pieces
 * one by one. Here a script travels whole, so that PostgreSQL runs it as one transaction.
 */
const wholeScripts = (
  factory: SqlMigrationAwareDriverAdapterFactory,
  runScript: ScriptRunner,
  opened: SqlDriverAdapter[],
): SqlMigrationAwareDriverAdapterFactory => {
  const wrap = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
    const pool =
      'underlyingDriver' in adapter && typeof adapter.underlyingDriver === 'function'
        ? adapter.underlyingDriver()
        : undefined
    if (!(pool instanceof pg.Pool)) throw new Error('The Prisma adapter no longer exposes its pool')
    adapter.executeScript = (script) => runScript(pool, script)
    readCatalogueChars(adapter, pool)
    opened.push(adapter)
    return adapter
  }
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => wrap(await factory.connect()),
    connectToShadowDb: async () => wrap(await factory.connectToShadowDb()),
  }
}

/** The catalogue's one-byte type `"char"` (relkind and the like) is unknown to the adapter, and the engine wants it. */
const readCatalogueChars = (adapter: SqlDriverAdapter, pool: pg.Pool) => {
  const charColumns = new Map<string, number[]>()
  const query: (config: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult> = pool.query.bind(pool)
  Object.assign(pool, {
    query: async (config: pg.QueryArrayConfig) => {
      const result = await query(config)
      const found = [...(result.fields?.entries() ?? [])].filter(([, field]) => field.dataTypeID === oids.char)
      for (const [, field] of found) field.dataTypeID = oids.text
      if (found.length > 0)
        charColumns.set(
          config.text,
          found.map(([index]) => index),
        )
      return result
    },
  })
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (params) => {
    const result = await queryRaw(params)
    for (const index of charColumns.get(params.sql) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character
    return result
  }
}

/** Type numbers of PostgreSQL's catalogue. */
const oids = { char: 18, text: 25 } as const
