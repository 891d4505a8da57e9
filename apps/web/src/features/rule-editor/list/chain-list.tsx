'use client'
import { Button, Menu, MenuItem, Segmented, toast } from '@thingwire/ui'
import { Download, Ellipsis, FileJson, Plus, Upload, Workflow } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs'
import { type ReactNode, useState } from 'react'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { deleteRuleChain } from '@/api/rule-chain-list.ts'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { onDemand } from '@/components/on-demand.tsx'
import { Page } from '@/shell/page.tsx'
import { type ListedChain, loadChains, pathOfChain, useChainColumns } from './chain-columns.tsx'
import { saveAllChains, saveChains } from './chain-file.ts'
import { type ChainDeed, ChainMenu } from './chain-menu.tsx'
import { DeleteChainDialog } from './delete-chain-dialog.tsx'
import { RenameChainDialog } from './rename-chain-dialog.tsx'
import { RootChainDialog } from './root-chain-dialog.tsx'
import { useDroppedFile } from './use-dropped-file.ts'

// With them comes what knows all nodes; a list shows none.
const ChainImport = onDemand(async () => (await import('./import/chain-import.tsx')).ChainImport)
const FindInChains = onDemand(async () => (await import('./find-in-chains.tsx')).FindInChains)
const NewChainDialog = onDemand(async () => (await import('./new-chain-dialog.tsx')).NewChainDialog)

export const ChainList = () => {
  const t = useTranslations('chainList')
  const [place, setPlace] = usePlace()
  const [adding, setAdding] = useQueryState('add', parseAsString.withOptions({ history: 'push' }))
  const [asking, setAsking] = useState<{ deed: ChainDeed; chain: RuleChainView } | null>(null)
  const askedFor = (deed: ChainDeed) => (asking?.deed === deed ? asking.chain : null)
  const { isImporting, dropped, isHovered, openImport, closeImport } = useImportDialog()
  return (
    <Page
      fixed
      crumbs={[{ label: t('title') }]}
      actions={
        <>
          <MoreMenu />
          <ImportButton open={openImport} />
          <NewButton open={() => void setAdding('empty')} />
        </>
      }
    >
      {place === 'nodes' ? (
        <FindInChains toolbar={<PlaceChoice />} onFailed={() => void setPlace('chains')} />
      ) : (
        <Chains
          first={
            <>
              <NewButton open={() => void setAdding('empty')} />
              <ImportButton open={openImport} />
            </>
          }
          ask={(deed, chain) => setAsking({ deed, chain })}
        />
      )}
      {isImporting ? <ChainImport file={dropped} onClose={closeImport} onFailed={closeImport} /> : null}
      {isHovered ? <DropHint /> : null}
      {adding === null ? null : (
        <NewChainDialog
          template={adding}
          onChoose={(template) => void setAdding(template, { history: 'replace' })}
          onClose={() => void setAdding(null)}
          onFailed={() => void setAdding(null)}
        />
      )}
      <RenameChainDialog chain={askedFor('rename')} onClose={() => setAsking(null)} />
      <RootChainDialog chain={askedFor('root')} onClose={() => setAsking(null)} />
      <DeleteChainDialog chain={askedFor('delete')} onClose={() => setAsking(null)} />
    </Page>
  )
}

const places = ['chains', 'nodes'] as const
/** Where the search looks: names of chains, or all that stands in them. */
const usePlace = () =>
  useQueryState('in', parseAsStringLiteral(places).withDefault('chains').withOptions({ history: 'replace' }))

const PlaceChoice = () => {
  const t = useTranslations('chainList')
  const [place, setPlace] = usePlace()
  return (
    <Segmented
      label={t('find.place')}
      value={place}
      onChange={(chosen) => void setPlace(chosen)}
      options={places.map((value) => ({ value, label: t(`find.places.${value}`) }))}
    />
  )
}

const Chains = (p: { first: ReactNode; ask: (deed: ChainDeed, chain: RuleChainView) => void }) => {
  const columns = useChainColumns()
  const list = useEntityList<ListedChain>({
    queryKey: ['rule-chains', 'page'],
    defaultSort: 'name',
    load: loadChains,
  })
  return (
    <EntityTable
      name="rule-chains"
      list={list}
      words={useEntityWords('ruleChains')}
      icon={<Workflow />}
      columns={columns}
      rowId={(chain) => chain.id.id}
      open={pathOfChain}
      action={p.first}
      toolbar={<PlaceChoice />}
      rowActions={(chain) => <ChainMenu chain={chain} ask={(deed) => p.ask(deed, chain)} />}
      bulk={{
        nameOf: (chain) => chain.name,
        remove: deleteRuleChain,
        queryKey: ['rule-chains'],
        more: (chains) => <ExportChosen chains={chains} />,
      }}
    />
  )
}

/** The import, opened by its button, by the URL or by a file that is dropped on the page. */
const useImportDialog = () => {
  const [isImporting, setImporting] = useQueryState('import', parseAsBoolean.withDefault(false))
  const [dropped, setDropped] = useState<File | null>(null)
  const [isHovered, setHovered] = useState(false)
  const openImport = () => void setImporting(true)
  const closeImport = () => {
    setDropped(null)
    void setImporting(null)
  }
  const take = (file: File) => {
    setDropped(file)
    openImport()
  }
  useDroppedFile(take, setHovered)
  return { isImporting, dropped, isHovered, openImport, closeImport }
}

const ImportButton = ({ open }: { open: () => void }) => {
  const t = useTranslations('chainList')
  return (
    <Button onClick={open}>
      <Upload />
      <span className="max-sm:sr-only">{t('import.button')}</span>
    </Button>
  )
}

const NewButton = ({ open }: { open: () => void }) => {
  const t = useTranslations('chainList')
  return (
    <Button variant="primary" onClick={open}>
      <Plus />
      {t('new.button')}
    </Button>
  )
}

const DropHint = () => {
  const t = useTranslations('chainList')
  return (
    <div className="pointer-events-none fixed inset-3 z-60 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/90">
      <p className="flex items-center gap-2.5 text-base font-semibold text-accent-text">
        <FileJson aria-hidden className="size-5" />
        {t('import.dropHere')}
      </p>
    </div>
  )
}

/** Runs an export and says so when it fails. */
const useExport = () => {
  const t = useTranslations('chainList')
  const [isBusy, setBusy] = useState(false)
  const run = async (save: () => Promise<void>) => {
    setBusy(true)
    try {
      await save()
    } catch (error) {
      toast.failed(t('exportFailed'), error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, run }
}

const ExportChosen = ({ chains }: { chains: readonly RuleChainView[] }) => {
  const t = useTranslations('chainList')
  const { isBusy, run } = useExport()
  return (
    <Button
      disabled={chains.length === 0 || isBusy}
      onClick={() => void run(() => saveChains(t('exportName'), chains))}
    >
      <Download />
      {t('export')}
    </Button>
  )
}

const MoreMenu = () => {
  const t = useTranslations('chainList')
  const { isBusy, run } = useExport()
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={t('more')} title={t('more')} disabled={isBusy}>
          <Ellipsis />
        </Button>
      }
    >
      <MenuItem onSelect={() => void run(() => saveAllChains(t('exportName')))}>
        <Download />
        {t('exportAll')}
      </MenuItem>
    </Menu>
  )
}
