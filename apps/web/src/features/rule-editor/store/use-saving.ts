'use client'
import { createContext, use } from 'react'
import type { Autosave } from '../../drafts/autosave.ts'
import type { ChainDocument } from '../model/document.ts'
import type { Contradiction } from '../model/merge.ts'

const SavingContext = createContext<Autosave<ChainDocument, Contradiction> | null>(null)
export const SavingProvider = SavingContext

/** How the open chain is saved: to do so at once before it is published, to settle a conflict, to discard the draft. */
export const useSaving = (): Autosave<ChainDocument, Contradiction> => {
  const saving = use(SavingContext)
  if (!saving) throw new Error('No rule chain is open here')
  return saving
}
