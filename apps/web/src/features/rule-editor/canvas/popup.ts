import type { Place } from '../model/places.ts'

/** What a menu is about. */
export type MenuOf =
  | { kind: 'canvas'; place: Place }
  | { kind: 'nodes'; ids: readonly string[] }
  | { kind: 'wire'; id: string }
  | { kind: 'note'; id: string }
  | { kind: 'group'; id: string }

/** What lies over the canvas; `at` is a place of the screen. There is one at a time. */
export type Popup =
  /** Labels of a wire that is drawn, or is to be. */
  | { kind: 'labels'; at: Place; from: string; to: string }
  /** The label that messages take past a node that is bypassed. */
  | { kind: 'bypass'; at: Place; id: string }
  /** A new node: at a place of the canvas, wired from a node or into a wire. */
  | { kind: 'add'; at: Place; place: Place | null; from: string | null; wire: string | null }
  | { kind: 'target'; at: Place; from: string }
  | { kind: 'menu'; at: Place; of: MenuOf }
  | { kind: 'nest' }
  | { kind: 'shortcuts' }
