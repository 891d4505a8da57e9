'use client'
import { Button, Dialog, EmptyState, Field, Input, SearchInput } from '@thingwire/ui'
import { type FoundSymbol, type OwnSymbol, ownSymbols, readSymbol, SymbolPreview } from '@thingwire/widgets/symbols'
import { FileUp, Puzzle, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useRef, useState } from 'react'

/** Members of the settings that name a symbol: one of them. */
export type Chosen = { symbol: string } | { scadaSymbolUrl: string } | { scadaSymbolContent: string }

type Props = { found: FoundSymbol | null; onChoose: (chosen: Chosen) => void }

/** Which symbol it is, with its picture; another is chosen from the set, by the link of a stored file, or from a file. */
export const SymbolChoice = ({ found, onChoose }: Props) => {
  const t = useTranslations('symbolForm')
  const [isOpen, setOpen] = useState(false)
  const title =
    found?.kind === 'symbol'
      ? found.symbol.metadata.title || t('untitled')
      : found?.kind === 'missing'
        ? found.name
        : ''
  return (
    <div className="flex items-center gap-3 pb-4">
      <div className="flex size-16 shrink-0 items-center justify-center rounded-md border bg-sunken p-1.5">
        {found?.kind === 'symbol' ? (
          <SymbolPreview symbol={found.symbol} label={title} />
        ) : (
          <Puzzle aria-hidden className="size-6 text-ink-3" />
        )}
      </div>
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-medium">{title || t('none')}</p>
        {found?.kind === 'symbol' && found.symbol.metadata.description ? (
          <p className="line-clamp-2 text-xs text-ink-3">{found.symbol.metadata.description}</p>
        ) : null}
        {found?.kind === 'missing' ? <p className="text-xs text-ink-3">{found.problem ?? t('noDrawing')}</p> : null}
        <Button size="sm" className="mt-1.5" onClick={() => setOpen(true)}>
          {t('choose')}
        </Button>
      </div>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t('chooseTitle')}
        closeLabel={t('close')}
        className="sm:top-[8vh] sm:max-h-[84vh] sm:max-w-3xl"
      >
        <Choices
          onChoose={(chosen) => {
            setOpen(false)
            onChoose(chosen)
          }}
        />
      </Dialog>
    </div>
  )
}

/** Every word of the search somewhere in the names. */
const fits = ({ id, title, standsFor }: OwnSymbol, words: readonly string[]): boolean => {
  const text = `${title} ${id} ${standsFor.join(' ')}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

const Choices = ({ onChoose }: Pick<Props, 'onChoose'>) => {
  const t = useTranslations('symbolForm')
  const [search, setSearch] = useState('')
  const [link, setLink] = useState('')
  const shown = useMemo(() => {
    const words = search.trim().toLowerCase().split(/\s+/)
    return ownSymbols.filter((one) => fits(one, words))
  }, [search])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <SearchInput
        aria-label={t('search')}
        placeholder={t('search')}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {shown.length === 0 ? <EmptyState icon={<SearchX />} title={t('noneFits')} /> : null}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(104px,1fr))] gap-2">
        {shown.map((one) => (
          // A hundred drawings: those out of sight cost nothing.
          <li key={one.id} className="[contain-intrinsic-size:auto_112px] [content-visibility:auto]">
            <button
              type="button"
              onClick={() => onChoose({ symbol: one.id })}
              className="flex h-28 w-full flex-col items-center gap-1.5 rounded-md border p-2 hover:border-line-strong hover:bg-hover"
            >
              <span aria-hidden className="pointer-events-none min-h-0 w-full flex-1">
                <SymbolPreview symbol={one.read()} label={one.title} />
              </span>
              <span className="line-clamp-1 w-full text-2xs text-ink-2" title={one.title}>
                {one.title}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t pt-4">
        <Field label={t('link')} hint={t('linkHint')}>
          <div className="flex gap-2">
            <Input
              aria-label={t('link')}
              value={link}
              autoComplete="off"
              spellCheck={false}
              placeholder="/api/images/tenant/pump.svg"
              onChange={({ target }) => setLink(target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && link.trim() !== '') onChoose({ scadaSymbolUrl: link.trim() })
              }}
            />
            <Button disabled={link.trim() === ''} onClick={() => onChoose({ scadaSymbolUrl: link.trim() })}>
              {t('take')}
            </Button>
          </div>
        </Field>
        <FileChoice onChoose={onChoose} />
      </div>
    </div>
  )
}

/** As large as a drawing of a whole plant. */
const largestBytes = 1_000_000

const FileChoice = ({ onChoose }: Pick<Props, 'onChoose'>) => {
  const t = useTranslations('symbolForm')
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const take = async (file: File | undefined) => {
    if (!file) return
    if (file.size > largestBytes) return setProblem(t('tooLarge'))
    const content = await file.text()
    const read = readSymbol(content)
    if (!read.ok) return setProblem(t('unreadable', { problem: read.problem }))
    onChoose({ scadaSymbolContent: content })
  }
  return (
    <div>
      <Button onClick={() => input.current?.click()}>
        <FileUp />
        {t('fromFile')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".svg,image/svg+xml"
        tabIndex={-1}
        aria-label={t('fromFile')}
        className="sr-only"
        onChange={({ target }) => {
          void take(target.files?.[0])
          target.value = ''
        }}
      />
      {problem ? (
        <p role="alert" className="mt-1.5 text-xs text-danger-text">
          {problem}
        </p>
      ) : null}
    </div>
  )
}
