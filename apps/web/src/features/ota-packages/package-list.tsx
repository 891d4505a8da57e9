'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  Badge,
  Button,
  type Column,
  CopyButton,
  DataTable,
  IconButton,
  Menu,
  MenuItem,
  TableMessage,
} from '@thingwire/ui'
import { Download, Ellipsis, PackageCheck, Plus, SearchX, Send, Trash2 } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { downloadPath, listPackages, packageName, type PackageView } from '@/api/ota-packages.ts'
import { listDeviceProfiles } from '@/api/entities.ts'
import { Timestamp } from '@/components/age.tsx'
import { useCopyLabels, useTableTexts } from '@/components/table-texts.ts'
import { useTableUrl } from '@/components/table-url.ts'
import { LoadError, Page } from '@/shell/page.tsx'
import { AddPackageDialog } from './add-package-dialog.tsx'
import { AssignPackageDialog } from './assign-package-dialog.tsx'
import { DeletePackageDialog } from './delete-package-dialog.tsx'
import { PackageSheet } from './package-sheet.tsx'
import { useByteText } from './use-byte-text.ts'

const exportPageSize = 1_000

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
    {
      id: 'createdTime',
      header: t('created'),
      sortable: true,
      csv: (one) => new Date(one.createdTime).toISOString(),
      className: 'text-ink-2 tabular-nums',
      cell: (one) => <Timestamp ts={one.createdTime} />,
    },
  ]
}

export const PackageList = () => {
  const t = useTranslations('packages')
  const texts = useTableTexts(t('search'))
  const table = useTableUrl('-createdTime')
  const [url, setUrl] = useQueryStates(
    { add: parseAsBoolean.withDefault(false), open: parseAsString },
    { history: 'push' },
  )
  const [deleting, setDeleting] = useState<PackageView | null>(null)
  const [assigning, setAssigning] = useState<PackageView | null>(null)
  const profiles = useQuery({ queryKey: ['device-profiles'], queryFn: ({ signal }) => listDeviceProfiles(signal) })
  const profileName = (id: string) => profiles.data?.data.find((one) => one.id.id === id)?.name ?? ''
  const open = (one: PackageView) => void setUrl({ open: one.id.id })
  const columns = useColumns(profileName, open)
  const query = useQuery({
    queryKey: ['ota-packages', 'page', table.link],
    queryFn: ({ signal }) => listPackages(table.link, signal),
    placeholderData: keepPreviousData,
  })
  const add = (
    <Button variant="primary" onClick={() => void setUrl({ add: true })}>
      <Plus />
      {t('add')}
    </Button>
  )
  return (
    <Page fixed crumbs={[{ label: t('title') }]} actions={add}>
      <DataTable
        name="ota-packages"
        label={t('title')}
        columns={columns}
        rows={query.data?.data}
        total={query.data?.totalElements ?? 0}
        isRefreshing={query.isPlaceholderData}
        state={table.state}
        onStateChange={table.onStateChange}
        rowId={(one) => one.id.id}
        onOpen={open}
        texts={texts}
        loadAll={async () => (await listPackages({ ...table.link, page: 0, pageSize: exportPageSize })).data}
        rowActions={(one) => <RowMenu one={one} onAssign={() => setAssigning(one)} onDelete={() => setDeleting(one)} />}
        {...(query.error && !query.data
          ? { error: <LoadError error={query.error} retry={() => void query.refetch()} /> }
          : {})}
        empty={
          table.state.search ? (
            <TableMessage icon={<SearchX />} title={t('noneFound')} />
          ) : (
            <TableMessage icon={<PackageCheck />} title={t('none')} text={t('noneText')} action={add} />
          )
        }
      />
      <PackageSheet id={url.open} profileName={profileName} onClose={() => void setUrl({ open: null })} />
      <AddPackageDialog open={url.add} onOpenChange={(isOpen) => void setUrl({ add: isOpen || null })} />
      <AssignPackageDialog one={assigning} onClose={() => setAssigning(null)} />
      <DeletePackageDialog one={deleting} onClose={() => setDeleting(null)} />
    </Page>
  )
}

const RowMenu = (p: { one: PackageView; onAssign: () => void; onDelete: () => void }) => {
  const t = useTranslations('packages')
  const { one } = p
  return (
    <Menu
      trigger={
        <IconButton
          label={t('actionsFor', { name: packageName(one) })}
          size="icon-sm"
          className="md:opacity-0 md:group-hover:opacity-100 md:focus-visible:opacity-100 md:data-[state=open]:opacity-100"
        >
          <Ellipsis />
        </IconButton>
      }
    >
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
    </Menu>
  )
}
