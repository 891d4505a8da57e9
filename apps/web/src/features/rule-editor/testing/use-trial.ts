'use client'
import type { ChainTest } from '@thingwire/contracts'
import { useSyncExternalStore } from 'react'
import type { EditorStore } from '../store/editor-store.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { type SeenMessage, testOfMessage } from './expectations.ts'

/** A message that is tried on the drawing without becoming one of its tests. */
class Trial {
  #test: ChainTest | null = null
  readonly #listeners = new Set<() => void>()
  readonly get = (): ChainTest | null => this.#test
  readonly set = (test: ChainTest | null): void => {
    this.#test = test
    for (const listener of this.#listeners) listener()
  }
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

const trials = new WeakMap<EditorStore, Trial>()

const trialOf = (store: EditorStore): Trial => {
  const known = trials.get(store)
  if (known) return known
  const made = new Trial()
  trials.set(store, made)
  return made
}

/** Pins a message that was seen somewhere, to be run through the drawing; open the panel `tests` after it. */
export const pinMessage = (store: EditorStore, message: SeenMessage, name: string): void =>
  trialOf(store).set(testOfMessage(message, name))

export const useTrial = () => {
  const trial = trialOf(useEditorStore())
  return { trial: useSyncExternalStore(trial.subscribe, trial.get, trial.get), setTrial: trial.set }
}
