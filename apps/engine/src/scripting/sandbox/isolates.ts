import {
  type Compilers,
  javascriptCompilers,
  type SandboxCalls,
  sandboxProgram,
  type ScriptSource,
  translateScript,
} from '@thingwire/rules/sandbox'
import { compileTbel, compileTbelLibrary, type Problem, tbelRuntime } from '@thingwire/tbel'
import ivm from 'isolated-vm'

/** What the script is to blame for when it cannot even be loaded. */
export class BadScript extends Error {}

/** No message begins after `sliceMs`; the one that runs is interrupted at `timeoutMs`. */
export type RunLimits = { sliceMs: number; timeoutMs: number }

/** A script in an isolate of its own. */
export type Box = {
  /** Goes on with its batch, or begins the one that is given. */
  run(most: number, limits: RunLimits, batch: { text: string; from: number } | null): Promise<string>
  salvage(error: string | null): Promise<string>
  /** Which message of the batch the script is at, also while it runs. */
  at(): number
  /** It has used up its memory and is gone. */
  isGone(): boolean
}

export type Boxes = {
  /** The script's box, or a new one of its source; null when the script is not known here. Throws BadScript. */
  take(key: string, source: ScriptSource | null, memoryMb: number): Promise<Box | null>
  /** Known as long as its box is. */
  sourceOf(key: string): ScriptSource | null
  giveBack(key: string): Promise<void>
  drop(key: string): void
}

const maxBoxes = 200
const maxHeapBytes = 256 * 1024 * 1024
const askEvery = 50
/** For loading a script, and for what the sandbox itself does. */
const ownTimeoutMs = 2_000

const tbelProblem = ({ line, column, message }: Problem) => `Line ${line}, column ${column}: ${message}`
const noReason: Problem = { line: 1, column: 1, message: 'the script cannot be translated' }

const compilers: Compilers = {
  ...javascriptCompilers,
  tbelScript: (body, args, imports) => {
    const compiled = compileTbel(body, { args, imports })
    return compiled.ok ? compiled : tbelProblem(compiled.problems[0] ?? noReason)
  },
  tbelLibrary: (body, imports) => {
    const compiled = compileTbelLibrary(body, { imports })
    return compiled.ok ? compiled : tbelProblem(compiled.problems[0] ?? noReason)
  },
  tbelRuntime,
}

/** The problem of a script as its writer should see it, or null. The script does not run. */
export const problemOf = (source: ScriptSource): string | null => {
  const translated = translateScript(source, compilers)
  return translated.ok ? null : translated.problem
}

const programOf = (source: ScriptSource): string => {
  const translated = translateScript(source, compilers)
  if (!translated.ok) throw new BadScript(translated.problem)
  return sandboxProgram(source, translated.translation)
}

const createBox = async (source: ScriptSource, memoryMb: number): Promise<{ isolate: ivm.Isolate; box: Box }> => {
  const program = programOf(source)
  const isolate = new ivm.Isolate({ memoryLimit: memoryMb })
  try {
    const context = await isolate.createContext()
    const calls: ivm.Reference<SandboxCalls> = await context.eval(program, { reference: true, timeout: ownTimeoutMs })
    const progress = new SharedArrayBuffer(4)
    const [begin, run, salvage, track] = await Promise.all([
      calls.get('begin', { reference: true }),
      calls.get('run', { reference: true }),
      calls.get('salvage', { reference: true }),
      calls.get('track', { reference: true }),
    ])
    await track.apply(undefined, [new ivm.ExternalCopy(progress).copyInto({ release: true })])
    const position = new Int32Array(progress)
    const text = async (answer: Promise<unknown>): Promise<string> => {
      const value = await answer
      if (typeof value !== 'string') throw new Error('The sandbox answered with something that is no text')
      return value
    }
    const box: Box = {
      run: (most, { sliceMs, timeoutMs }, batch) => {
        const timeout = { timeout: Math.max(1, Math.ceil(timeoutMs)) }
        if (!batch) return text(run.apply(undefined, [most, sliceMs], timeout))
        return text(begin.apply(undefined, [batch.text, batch.from, most, sliceMs], timeout))
      },
      salvage: (error) => text(salvage.apply(undefined, [error], { timeout: ownTimeoutMs })),
      at: () => position[0] ?? 0,
      isGone: () => isolate.isDisposed,
    }
    return { isolate, box }
  } catch (error) {
    if (!isolate.isDisposed) isolate.dispose()
    throw new BadScript(`The script cannot be loaded: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The isolates of a process: the least recently used go when there are too many, or when together they are too large. */
export const createBoxes = (): Boxes => {
  const boxes = new Map<
    string,
    { isolate: ivm.Isolate; box: Box; heapBytes: number; calls: number; isInUse: boolean; source: ScriptSource }
  >()

  const drop = (key: string): void => {
    const entry = boxes.get(key)
    boxes.delete(key)
    if (entry && !entry.isolate.isDisposed) entry.isolate.dispose()
  }
  const makeRoom = (): void => {
    let bytes = 0
    for (const { heapBytes } of boxes.values()) bytes += heapBytes
    for (const [key, { heapBytes, isInUse }] of boxes) {
      if (boxes.size <= maxBoxes && bytes <= maxHeapBytes) return
      if (isInUse) continue
      bytes -= heapBytes
      drop(key)
    }
  }

  return {
    take: async (key, source, memoryMb) => {
      const known = boxes.get(key)
      if (known && !known.box.isGone()) {
        boxes.delete(key)
        boxes.set(key, known)
        known.isInUse = true
        return known.box
      }
      if (!source) return null
      const made = await createBox(source, memoryMb)
      boxes.set(key, { ...made, heapBytes: 0, calls: 0, isInUse: true, source })
      return made.box
    },
    sourceOf: (key) => boxes.get(key)?.source ?? null,
    giveBack: async (key) => {
      const entry = boxes.get(key)
      if (!entry) return
      entry.isInUse = false
      if (entry.isolate.isDisposed) return drop(key)
      // Asking costs as much as a call.
      if (entry.calls++ % askEvery > 0) return
      const { total_heap_size, externally_allocated_size } = await entry.isolate.getHeapStatistics()
      entry.heapBytes = total_heap_size + externally_allocated_size
      makeRoom()
    },
    drop,
  }
}
