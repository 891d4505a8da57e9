import type { FunctionSource } from '@thingwire/dashboards'
import type { ComponentType, ReactNode } from 'react'
import type { WidgetEntity } from '../widget.ts'

/** A document that a file brings: markup, style, and a script with a widget context. */
export type CodeDocument = {
  html: string
  css: string
  code: FunctionSource | null
  argumentNames: readonly string[]
  entity: WidgetEntity | null
  /** What the code may look at: `data`, `settings`, `params`; plain values. */
  context: Readonly<Record<string, unknown>>
  /** What the frame is called for those who do not see it. */
  title: string
  theme: 'light' | 'dark'
  /** Shown until the code has run; without it, that something is loading until the document is there. */
  waiting?: ReactNode
  /** Libraries that the host has for documents; their globals are there before the code. */
  libraries?: readonly 'svg.js'[]
  /**
   * Answers what the code asks the widget itself by `ctx.callWidget`; only right after the viewer did something. Rejects
   * with words for the person.
   */
  answer?: (method: string, args: readonly unknown[]) => Promise<unknown>
}

/** A place of the console that the viewer may enter. */
export type ConsolePlace = {
  path: string
  name: string
  /** Empty: it stands before the sections. */
  section: string
  Icon: ComponentType<{ className?: string }>
}

export type DashboardLink = { id: string; title: string; href: string; createdTime: number }

export type DashboardLinks =
  | { status: 'loading' }
  | { status: 'failed'; reason: string; retry?: () => void }
  | { status: 'ready'; dashboards: readonly DashboardLink[]; total: number }

/** What shows things from outside the dashboard, and the console around it. */
export type ContentPort = {
  /** Runs and shows a document of the file in a sandbox; null where there is none. */
  CodeFrame: ComponentType<CodeDocument> | null
  /** Shows a page of another site. */
  SiteFrame: ComponentType<{ url: string; title: string }> | null
  places: readonly ConsolePlace[]
  /** A hook. */
  useDashboards: (search: string) => DashboardLinks
}
