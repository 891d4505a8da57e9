import type { Message } from '@thingwire/contracts'
import type { Frame as FrameAt } from './call-frames.ts'
import type { CompiledNode } from './compile-chain.ts'
import type { RunnableChain } from './run-batch.ts'

/** A message of the batch with all its branches. */
export type Root = { index: number; stored: boolean; failed: boolean; timedOut: boolean; branches: number }

export type Frame = FrameAt<Level>

/** One message on its way to a node. */
export type Arrival = {
  message: Message
  root: Root
  frame: Frame | null
  executions: number
  acknowledged: boolean
  /** The connection by which it came; empty where messages enter a chain. */
  via: string
}

export type Waiting = { arrivals: Arrival[]; inOrder: boolean }

/** A chain at one nesting depth with the messages that wait before its nodes. */
export type Level = RunnableChain & { depth: number; waiting: (Waiting | undefined)[]; count: number }

/**
 * Where a departure leads: to the nodes `targets` of `level`, inside the call `frame`. `node` is the one whose connection
 * it takes; `error` is set when that connection is Failure; `isForgiven` when that is no failure with nobody behind it.
 */
export type Route = {
  level: Level
  node: CompiledNode
  targets: readonly number[]
  frame: Frame | null
  /** The connection it takes; null: none. */
  label: string | null
  error: string | null
  isForgiven: boolean
}

/** Where a message failed: at `node` of `level`, inside the call `frame`. */
export type Loss = {
  level: Level
  node: CompiledNode
  arrival: Arrival
  message: Message
  frame: Frame | null
  error: string
}

export type Call = { level: Level; node: CompiledNode; arrivals: readonly Arrival[] }
