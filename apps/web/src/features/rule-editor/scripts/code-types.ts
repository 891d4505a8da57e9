/** Something wrong or odd in a text, and where: offsets, `to` excluded. */
export type CodeMark = { from: number; to: number; severity: 'error' | 'warning'; message: string }

export type Suggestion = {
  label: string
  /** Names the colour of its sign in the list. */
  kind: 'variable' | 'property' | 'function' | 'keyword' | 'text' | 'type' | 'snippet'
  /** The type of a value, or how a function is called. */
  detail?: string
  /** A sentence, and below it lines of code. */
  info?: string
  /** What is put in, when it is not the label; with `#{1:field}` marks it is filled in field by field. */
  apply?: string
  boost?: number
}

export type Suggestions = {
  /** Where the word begins that is being completed. */
  from: number
  /** As long as the word looks so, the same list is narrowed. */
  validFor: RegExp
  options: Suggestion[]
}

/** What could stand at a place of a text. `isAsked`: the person wants a list, whatever stands there. */
export type Suggest = (text: string, at: number, isAsked: boolean) => Suggestions | null
