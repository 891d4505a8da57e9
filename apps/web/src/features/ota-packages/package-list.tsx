'use client'
import { ActionsMenu, Badge, Button, type Column, CopyButton, MenuItem } from '@thingwire/ui'
import { Download, PackageCheck, Plus, Send, Trash2 } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { deletePackage, downloadPath, listPackages, packageName, type PackageView } from '@/api/ota-packages.ts'
import { useDeviceProfiles } from '@/components/device-profile-select.tsx'
import { useCreatedColumn } from '@/components/entity-columns.tsx'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { useCopyLabels } from '@/components/table-texts.ts'
import { Page } from '@/shell/page.tsx'
import { AddPackageDialog } from './add-package-dialog.tsx'
import { AssignPackageDialog } from './assign-package-dialog.tsx'
import { DeletePackageDialog } from './delete-package-dialog.tsx'
import { PackageSheet } from './package-sheet.tsx'
import { useByteText } from './use-byte-text.ts'

const useColumns = (profileName: (id: string) => string, open: (one: PackageView) => void): Column<PackageView>[] => {
  const t = useTranslations('packages')
  const copy = useCopyLabels()
  const bytes = useByteText()
  const format = useFormatter()
  return [
    {
      id: 'title',
      header: t('titleField'),
      fixed: true,
      onPhone: true,
      sortable: true,
      csv: (one) => one.title,
      cell: (one) => (
        <button
          type="button"
          className="rounded-sm text-left font-medium text-ink hover:text-accent-text"
          onClick={() => open(one)}
        >
          {one.title}
        </button>
      ),
    },
    {
      id: 'version',
      header: t('version'),
      onPhone: true,
      sortable: true,
      csv: (one) => one.version,
      className: 'tabular-nums',
      cell: (one) => one.version,
    },
    {
      id: 'type',
      header: t('type'),
      sortable: true,
      csv: (one) => one.type,
      cell: (one) => <Badge>{t(`types.${one.type}`)}</Badge>,
    },
    {
      id: 'profile',
      header: t('profile'),
      csv: (one) => profileName(one.deviceProfileId?.id ?? ''),
      className: 'text-ink-2',
      cell: (one) => profileName(one.deviceProfileId?.id ?? ''),
    },
    {
      id: 'dataSize',
      header: t('size'),
      sortable: true,
      align: 'right',
      csv: (one) => one.dataSize ?? '',
      className: 'text-ink-2',
      cell: (one) =>
        one.url ? (
          <Badge>{t('atUrl')}</Badge>
        ) : one.dataSize === null ? (
          <Badge tone="warn">{t('noFile')}</Badge>
        ) : (
          <span title={t('bytes', { count: format.number(one.dataSize) })}>{bytes(one.dataSize)}</span>
        ),
    },
    {
      id: 'checksum',
      header: t('checksum'),
      csv: (one) => one.checksum ?? '',
      cell: (one) =>
        one.checksum ? (
          <span className="flex items-center gap-1 font-mono text-xs text-ink-2">
            <span className="text-ink-3">{one.checksumAlgorithm}</span>
            {one.checksum.slice(0, 10)}
            {one.checksum.length > 10 ? '…' : ''}
            <CopyButton text={one.checksum} labels={{ ...copy, copy: t('copyChecksum', { name: packageName(one) }) }} />
          </span>
        ) : null,
    },
    useCreatedColumn(),
  ]
}

export const PackageList = () => {
  const t = useTranslations('packages')
  const [url, setUrl] = useQueryStates(
    { add: parseAsBoolean.withDefault(false), open: parseAsString },
    { history: 'push' },
  )
  const [deleting, setDeleting] = useState<PackageView | null>(null)
  const [assigning, setAssigning] = useState<PackageView | null>(null)
  const { nameOf } = useDeviceProfiles()
  const open = (one: PackageView) => void setUrl({ open: one.id.id })
  const columns = useColumns(nameOf, open)
  const list = useEntityList<PackageView>({
    queryKey: ['ota-packages', 'page'],
    defaultSort: '-createdTime',
    load: listPackages,
  })
  const add = (
    <Button variant="primary" onClick={() => void setUrl({ add: true })}>
      <Plus />
      {t('add')}
    </Button>
  )
  return (
    <Page fixed crumbs={[{ label: t('title') }]} actions={add}>
      <EntityTable
        name="ota-packages"
        list={list}
        words={useEntityWords('packages')}
        icon={<PackageCheck />}
        columns={columns}
        rowId={(one) => one.id.id}
        open={open}
        action={add}
        rowActions={(one) => <RowMenu one={one} onAssign={() => setAssigning(one)} onDelete={() => setDeleting(one)} />}
        bulk={{ nameOf: packageName, remove: deletePackage, queryKey: ['ota-packages'] }}
      />
      <PackageSheet id={url.open} profileName={nameOf} onClose={() => void setUrl({ open: null })} />
      <AddPackageDialog open={url.add} onClose={() => void setUrl({ add: null })} />
      <AssignPackageDialog one={assigning} onClose={() => setAssigning(null)} />
      <DeletePackageDialog one={deleting} onClose={() => setDeleting(null)} />
    </Page>
  )
}

const RowMenu = (p: { one: PackageView; onAssign: () => void; onDelete: () => void }) => {
  const t = useTranslations('packages')
  const { one } = p
  return (
    <ActionsMenu inRow label={t('actionsFor', { name: packageName(one) })}>
      <MenuItem disabled={!one.hasData && !one.url} onSelect={p.onAssign}>
        <Send />
        {t('assign')}
      </MenuItem>
      <MenuItem disabled={!one.hasData} onSelect={() => window.location.assign(downloadPath(one.id.id))}>
        <Download />
        {t('download')}
      </MenuItem>
      <MenuItem danger onSelect={p.onDelete}>
        <Trash2 />
        {t('delete')}
      </MenuItem>
    </ActionsMenu>
  )
}
