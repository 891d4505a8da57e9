'use client'
import { type Locale, NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { messages } from './messages.ts'

/** The texts are code, which browsers keep: in the page itself they would come anew with each. */
export const MessagesProvider = (p: { locale: Locale; timeZone: string; children: ReactNode }) => (
  <NextIntlClientProvider {...p} messages={messages} />
)
