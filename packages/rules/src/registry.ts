import type { NodeHandlerFactory, NodeManifest } from './node.ts'

/** The nodes a process knows, found by ThingsBoard's class name or by our own type name. */
export type NodeRegistry = {
  readonly manifests: readonly NodeManifest[]
  find(type: string): NodeManifest | undefined
}

export const createNodeRegistry = (manifests: readonly NodeManifest[]): NodeRegistry => {
  const byName = new Map<string, NodeManifest>()
  for (const manifest of manifests) {
    byName.set(manifest.type, manifest)
    byName.set(manifest.className, manifest)
  }
  return { manifests, find: (type) => byName.get(type) }
}

/** The server halves, by the manifest's type. */
export type HandlerRegistry = ReadonlyMap<string, NodeHandlerFactory>

export const createHandlerRegistry = (factories: readonly NodeHandlerFactory[]): HandlerRegistry =>
  new Map(factories.map((factory) => [factory.manifest.type, factory]))
