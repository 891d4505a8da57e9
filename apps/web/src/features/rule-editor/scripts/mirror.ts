import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  clearSnippet,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  snippet,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab, temporarilySetTabFocusMode } from '@codemirror/commands'
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { closeSearchPanel, highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  type KeyBinding,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view'
import { codeColors, type CodeLanguage, languageOf } from './code-languages.ts'
import { codeTheme } from './code-theme.ts'
import type { CodeMark, Suggest, Suggestion } from './code-types.ts'

/** What the mounted editor is told, now and whenever it changes. */
export type MirrorOptions = {
  language: CodeLanguage
  label: string
  isReadOnly: boolean
  isInvalid: boolean
  id: string | undefined
  describedBy: string | undefined
}

/** Read at the moment it is needed, so that another function does not mean another editor. */
export type MirrorCalls = {
  onChange(value: string): void
  onBlur(): void
  suggest: Suggest | undefined
  format: ((text: string) => Promise<string | null>) | undefined
  onRun: (() => void) | undefined
}

export type Mirror = {
  set(options: MirrorOptions): void
  setValue(value: string): void
  setMarks(marks: readonly CodeMark[]): void
  format(): void
  focus(): void
  /** Puts the cursor there and shows it. */
  goTo(at: number): void
  destroy(): void
}

const fromOutside = Annotation.define<true>()

const completionOf = ({ label, kind, detail, info, apply, boost }: Suggestion): Completion => ({
  label,
  type: kind,
  ...(detail !== undefined && { detail }),
  ...(boost !== undefined && { boost }),
  ...(info !== undefined && { info: () => infoOf(info) }),
  // A snippet has fields; anything else is put in as it stands.
  ...(apply !== undefined && { apply: apply.includes('#{') ? snippet(apply) : apply }),
})

const infoOf = (info: string): HTMLElement => {
  const place = document.createElement('div')
  for (const [index, line] of info.split('\n').entries()) {
    const row = document.createElement(index === 0 ? 'p' : 'code')
    row.textContent = line
    place.append(row)
  }
  return place
}

const completing =
  (calls: () => MirrorCalls) =>
  (context: CompletionContext): CompletionResult | null => {
    const found = calls().suggest?.(context.state.doc.toString(), context.pos, context.explicit)
    return found ? { from: found.from, validFor: found.validFor, options: found.options.map(completionOf) } : null
  }

/** The text may be another when its tidy form is there; then it stays as it is. */
const tidy = async (view: EditorView, calls: () => MirrorCalls): Promise<void> => {
  const before = view.state.doc.toString()
  const after = (await calls().format?.(before)) ?? null
  if (after === null || after === before || view.state.doc.toString() !== before || view.state.readOnly) return
  view.dispatch({ changes: changeBetween(before, after), userEvent: 'format' })
}

/** The smallest stretch that differs, so that the cursor stays where the text did not change. */
const changeBetween = (before: string, after: string) => {
  let start = 0
  const most = Math.min(before.length, after.length)
  while (start < most && before[start] === after[start]) start++
  let end = 0
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) }
}

const ownKeys = (calls: () => MirrorCalls): KeyBinding[] => [
  {
    key: 'Mod-Enter',
    run: () => {
      const run = calls().onRun
      run?.()
      return run !== undefined
    },
  },
  {
    key: 'Shift-Alt-f',
    run: (view) => {
      void tidy(view, calls)
      return true
    },
  },
  // Tab indents; after Escape the next Tab leaves, for everybody who has only a keyboard.
  { key: 'Escape', run: temporarilySetTabFocusMode },
]

/** In a dialog, which takes every Escape first and says so by this mark, the editor would not see it otherwise. */
const onTakenEscape = (view: EditorView, event: KeyboardEvent): void => {
  if (event.key !== 'Escape' || !event.defaultPrevented) return
  if (closeCompletion(view) || clearSnippet(view) || closeSearchPanel(view)) return
  temporarilySetTabFocusMode(view)
}

const isProgram = (language: CodeLanguage) => language !== 'template'

const settingsOf = ({ language, label, isReadOnly, isInvalid, id, describedBy }: MirrorOptions): Extension => [
  languageOf(language),
  EditorState.readOnly.of(isReadOnly),
  EditorView.editable.of(!isReadOnly),
  EditorView.contentAttributes.of({
    'aria-label': label,
    ...(id !== undefined && { id }),
    ...(describedBy !== undefined && { 'aria-describedby': describedBy }),
    ...(isInvalid && { 'aria-invalid': 'true' }),
    tabindex: '0',
    ...(isReadOnly && { 'aria-readonly': 'true' }),
    autocapitalize: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
  }),
  ...(isProgram(language)
    ? [bracketMatching(), closeBrackets(), indentOnInput(), lineNumbers(), foldGutter(foldMarks), codeFolding()]
    : [EditorView.lineWrapping]),
]

const foldMarks = {
  markerDOM: (isOpen: boolean) => {
    const mark = document.createElement('span')
    mark.className = isOpen ? 'tw-fold' : 'tw-fold tw-folded'
    mark.setAttribute('aria-hidden', 'true')
    return mark
  },
}

/** An editor in `parent`. Everything of CodeMirror is in this module, which is loaded when the first text is opened. */
export const mountMirror = (
  parent: HTMLElement,
  value: string,
  options: MirrorOptions,
  calls: () => MirrorCalls,
): Mirror => {
  const settings = new Compartment()
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: value,
      extensions: [
        keymap.of([...ownKeys(calls)]),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        search({ top: true }),
        autocompletion({ override: [completing(calls)], icons: false, maxRenderedOptions: 60 }),
        lintGutter(),
        // Over everything on the page; in a dialog within it, which is all that can be clicked then.
        tooltips({ parent: parent.closest<HTMLElement>('[role=dialog]') ?? document.body }),
        indentUnit.of('  '),
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...completionKeymap,
          ...lintKeymap,
          indentWithTab,
        ]),
        codeColors,
        codeTheme,
        settings.of(settingsOf(options)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside)))
            calls().onChange(update.state.doc.toString())
        }),
        EditorView.domEventHandlers({ blur: () => calls().onBlur() }),
      ],
    }),
  })
  view.contentDOM.addEventListener('keydown', (event) => onTakenEscape(view, event))
  return {
    set: (next) => view.dispatch({ effects: settings.reconfigure(settingsOf(next)) }),
    setValue: (next) => {
      const before = view.state.doc.toString()
      if (before === next) return
      view.dispatch({ changes: changeBetween(before, next), annotations: fromOutside.of(true) })
    },
    setMarks: (marks) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          marks.map((mark) => diagnosticOf(mark, view.state)),
        ),
      ),
    format: () => void tidy(view, calls),
    focus: () => view.focus(),
    goTo: (at) => {
      const place = Math.min(at, view.state.doc.length)
      view.dispatch({ selection: { anchor: place }, scrollIntoView: true })
      view.focus()
    },
    destroy: () => view.destroy(),
  }
}

/** Marks were made of a text that may be one key stroke old. */
const diagnosticOf = ({ from, to, severity, message }: CodeMark, { doc }: EditorState): Diagnostic => {
  const start = Math.min(from, doc.length)
  return { from: start, to: Math.max(start, Math.min(to, doc.length)), severity, message }
}
