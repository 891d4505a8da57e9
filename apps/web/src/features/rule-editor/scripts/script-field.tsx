'use client'
import { Button, Dialog, IconButton, Segmented } from '@thingwire/ui'
import { FlaskConical, Maximize2, WandSparkles } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useRef, useState } from 'react'
import type { FieldEditor } from '../../../components/schema-form/form-context.ts'
import type { DocNode } from '../model/document.ts'
import { useNodeTab } from '../panels/use-node-tab.ts'
import { useEditor } from '../store/use-editor.ts'
import type { CodeEditorHandle } from './code-editor.tsx'
import { ScriptEditor } from './script-editor.tsx'
import { languageIn, languageOfKey, type NodeScript, scriptOfClass } from './script-kinds.ts'

/** The node that is open beside the canvas, when it has a script. */
const useOpenScript = (): { node: DocNode; script: NodeScript; isReadOnly: boolean } | null => {
  const node = useEditor(({ selection, history }) => {
    const [id] = selection.nodes
    return id !== undefined && selection.nodes.size === 1 ? history.present.nodes[id] : undefined
  })
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const script = node ? scriptOfClass(node.className) : null
  return node && script ? { node, script, isReadOnly } : null
}

/** Which of a node's two scripts is used; the other one is kept as it is. */
const ScriptLanguageField: FieldEditor = ({ field, value, onChange, onDone }) => {
  const t = useTranslations('chainScripts')
  const isReadOnly = useEditor((state) => state.isReadOnly)
  return (
    <div className="flex items-center justify-between gap-3">
      <div>
        <p className="text-xs font-medium text-ink-2">{field.title}</p>
        <p className="text-xs text-ink-3">{t('languageHint')}</p>
      </div>
      <Segmented
        label={field.title}
        value={languageIn({ scriptLang: value })}
        onChange={(language) => {
          if (isReadOnly) return
          onChange(language)
          onDone()
        }}
        options={(['TBEL', 'JS'] as const).map((language) => ({ value: language, label: t(`language.${language}`) }))}
      />
    </div>
  )
}

/** The script in the language that the node uses; of the other one nothing is shown. */
const ScriptField: FieldEditor = ({ field, value, onChange, onDone, error }) => {
  const t = useTranslations('chainScripts')
  const open = useOpenScript()
  const language = open ? languageOfKey(open.script, field.key) : null
  if (!open || language === null || language !== languageIn(open.node.configuration)) return null
  const { node, script, isReadOnly } = open
  const hint = t('signature', { args: script.args.join(', '), wanted: t(`wanted.${script.kind}`) })
  const text = typeof value === 'string' ? value : ''
  const change = isReadOnly ? undefined : onChange
  return (
    <ScriptParts
      title={field.title}
      hint={hint}
      error={error}
      isReadOnly={isReadOnly}
      editor={(handle, fills) => (
        <ScriptEditor
          // Another language is another text with an undo of its own.
          key={`${node.id} ${language}`}
          nodeId={node.id}
          script={script}
          language={language}
          value={text}
          onChange={change}
          onBlur={onDone}
          handle={handle}
          fills={fills}
        />
      )}
    />
  )
}

type PartsProps = {
  title: string
  hint: string
  error: string | undefined
  isReadOnly: boolean
  editor: (handle: React.RefObject<CodeEditorHandle | null>, fills: boolean) => ReactNode
}

const ScriptParts = ({ title, hint, error, isReadOnly, editor }: PartsProps) => {
  const t = useTranslations('chainScripts')
  const common = useTranslations('common')
  const [isLarge, setLarge] = useState(false)
  const small = useRef<CodeEditorHandle>(null)
  const large = useRef<CodeEditorHandle>(null)
  const openTab = useNodeTab()
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5">
      <div className="flex items-center gap-1">
        <h4 className="min-w-0 flex-1 truncate text-xs font-medium text-ink-2">{title}</h4>
        {isReadOnly ? null : (
          <IconButton label={t('format')} size="icon-sm" onClick={() => small.current?.format()}>
            <WandSparkles />
          </IconButton>
        )}
        <IconButton label={t('large')} size="icon-sm" onClick={() => setLarge(true)}>
          <Maximize2 />
        </IconButton>
        <Button size="sm" onClick={() => openTab('test')}>
          <FlaskConical />
          {t('test')}
        </Button>
      </div>
      {editor(small, false)}
      <p className="text-xs text-ink-3">{hint}</p>
      {error === undefined ? null : (
        <p role="alert" className="text-xs text-danger-text">
          {error}
        </p>
      )}
      <Dialog
        open={isLarge}
        onOpenChange={setLarge}
        title={title}
        description={hint}
        closeLabel={common('close')}
        keepsEscape={isInEditor}
        className="h-[84dvh] sm:top-[8vh] sm:max-w-5xl"
        footer={
          isReadOnly ? undefined : (
            <Button onClick={() => large.current?.format()}>
              <WandSparkles />
              {t('format')}
            </Button>
          )
        }
      >
        <div className="h-full">{editor(large, true)}</div>
      </Dialog>
    </div>
  )
}

/** There Escape closes what is open in the editor, or lets Tab leave it. */
export const isInEditor = (target: EventTarget | null) =>
  target instanceof Element && target.closest('.cm-editor') !== null

/** Controls of the form of a node's settings. */
export const scriptEditors: Readonly<Record<'script' | 'script-language', FieldEditor>> = {
  script: ScriptField,
  'script-language': ScriptLanguageField,
}
