'use client'
import { createContext, use } from 'react'

const NameContext = createContext('')

/** Reports tell chains by their names; this is the name of the one that is open. */
export const OpenChainName = NameContext
export const useOpenChainName = () => use(NameContext)
