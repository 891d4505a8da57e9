import type { Database } from '@thingwire/db'
import type { SeededTenant } from '../seed-tenant.ts'

/** What became of what a device sent. `refused`: the protocol's own way to say no; a closed connection is one. */
export type Outcome = 'accepted' | 'refused'

export type DeviceCommand = { id: number; method: string; params: unknown }

export type PackageName = { kind: 'FIRMWARE' | 'SOFTWARE'; title: string; version: string }

/** How a device of one transport acts: a verb of the protocol for each thing that devices do. */
export type DriverClient = {
  telemetry(body: string): Promise<Outcome>
  attributes(body: string): Promise<Outcome>
  /** The answer's JSON. */
  readAttributes(keys: { clientKeys?: string; sharedKeys?: string }): Promise<unknown>
  /** Hears of shared attributes from about now on: the body of each update. */
  hearAttributes(hear: (update: unknown) => void): Promise<void>
  /** Takes commands from about now on. */
  hearCommands(hear: (command: DeviceCommand) => void): Promise<void>
  answerCommand(id: number, body: string): Promise<Outcome>
  /** The answer's JSON, as it comes. */
  askServer(body: string): Promise<unknown | 'refused'>
  claim(body: string): Promise<Outcome>
  /** The file, fetched in parts of this size. */
  download(name: PackageName, partBytes: number): Promise<Buffer | 'refused'>
  /** Resolves when the platform ends what `hear…` began: a closed connection, a refused poll, the end of an observation. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

export type TransportDriver = {
  name: string
  /** Null: the platform refused the credentials. Rejects when nobody answers. */
  connect(ports: Ports, token: string): Promise<DriverClient | null>
  /** Asks for credentials; the answer's JSON. */
  provision(ports: Ports, body: string): Promise<unknown | 'refused'>
  largestBodyBytes: number
}

/** By the names of an engine's listeners. */
export type Ports = Readonly<Record<string, number>>

export type RestAnswer = { status: number; body: unknown }

/** A person who is signed in. */
export type RestCaller = {
  get(path: string): Promise<RestAnswer>
  post(path: string, body?: unknown): Promise<RestAnswer>
  delete(path: string): Promise<RestAnswer>
}

/** A running engine with one tenant, and what people do with it. */
export type ConformanceWorld = AsyncDisposable & {
  db: Database
  tenant: SeededTenant
  ports: Ports
  /** The tenant's administrator, and a user of its customer. */
  admin: RestCaller
  customer: RestCaller
  /** One more engine for devices on the same services, for the test to stop. */
  startGateway(): Promise<AsyncDisposable & { ports: Ports; stop(deadlineMs: number): Promise<void> }>
}
