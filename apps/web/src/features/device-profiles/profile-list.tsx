'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionsMenu, Badge, Button, type Column, MenuItem, toast } from '@thingwire/ui'
import { Boxes, Plus, Star, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { parseAsBoolean, useQueryState } from 'nuqs'
import { useState } from 'react'
import { deleteDeviceProfile, makeDefaultProfile, pageOfProfiles, type ProfileView } from '@/api/device-profiles.ts'
import { nameColumn, useCreatedColumn } from '@/components/entity-columns.tsx'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { Page } from '@/shell/page.tsx'
import { AddProfileDialog } from './add-profile-dialog.tsx'
import { DeleteProfileDialog } from './delete-profile-dialog.tsx'

const pathOf = (profile: ProfileView) => `/device-profiles/${profile.id.id}`

const useColumns = (): Column<ProfileView>[] => {
  const t = useTranslations('profiles')
  return [
    nameColumn({
      id: 'name',
      header: t('name'),
      text: (profile) => profile.name,
      href: pathOf,
      after: (profile) => (profile.default ? <Badge tone="accent">{t('default')}</Badge> : null),
    }),
    {
      id: 'transportType',
      header: t('transport'),
      onPhone: true,
      csv: (profile) => profile.transportType,
      cell: (profile) => <Badge>{t(`transports.${profile.transportType}`)}</Badge>,
    },
    {
      id: 'provisionType',
      header: t('provisioning'),
      csv: (profile) => profile.provisionType,
      className: 'text-ink-2',
      cell: (profile) => t(`strategies.${profile.provisionType}`),
    },
    {
      id: 'description',
      header: t('description'),
      csv: (profile) => profile.description ?? '',
      className: 'text-ink-2 max-w-80 truncate',
      cell: (profile) => profile.description,
    },
    useCreatedColumn(),
  ]
}

export const ProfileList = () => {
  const t = useTranslations('profiles')
  const columns = useColumns()
  const [isAdding, setAdding] = useQueryState('add', parseAsBoolean.withDefault(false).withOptions({ history: 'push' }))
  const [deleting, setDeleting] = useState<ProfileView | null>(null)
  const list = useEntityList<ProfileView>({
    queryKey: ['device-profiles', 'page'],
    defaultSort: 'name',
    load: pageOfProfiles,
  })
  const add = (
    <Button variant="primary" onClick={() => void setAdding(true)}>
      <Plus />
      {t('add')}
    </Button>
  )
  return (
    <Page fixed crumbs={[{ label: t('title') }]} actions={add}>
      <EntityTable
        name="device-profiles"
        list={list}
        words={useEntityWords('profiles')}
        icon={<Boxes />}
        columns={columns}
        rowId={(profile) => profile.id.id}
        open={pathOf}
        action={add}
        rowActions={(profile) => <RowMenu profile={profile} onDelete={() => setDeleting(profile)} />}
        bulk={{ nameOf: (profile) => profile.name, remove: deleteDeviceProfile, queryKey: ['device-profiles'] }}
      />
      <AddProfileDialog open={isAdding} onClose={() => void setAdding(null)} />
      <DeleteProfileDialog profile={deleting} onClose={() => setDeleting(null)} />
    </Page>
  )
}

const RowMenu = ({ profile, onDelete }: { profile: ProfileView; onDelete: () => void }) => {
  const t = useTranslations('profiles')
  const router = useRouter()
  const makeDefault = useMakeDefault()
  return (
    <ActionsMenu inRow label={t('actionsFor', { name: profile.name })}>
      <MenuItem onSelect={() => router.push(pathOf(profile))}>
        <Boxes />
        {t('open')}
      </MenuItem>
      <MenuItem disabled={profile.default} onSelect={() => makeDefault.mutate(profile)}>
        <Star />
        {t('makeDefault')}
      </MenuItem>
      <MenuItem danger disabled={profile.default} onSelect={onDelete}>
        <Trash2 />
        {t('delete')}
      </MenuItem>
    </ActionsMenu>
  )
}

/** Makes a profile the one of devices that name none. */
export const useMakeDefault = () => {
  const t = useTranslations('profiles')
  const client = useQueryClient()
  return useMutation({
    mutationFn: (profile: ProfileView) => makeDefaultProfile(profile.id.id),
    onSuccess: async (profile) => {
      toast.done(t('isDefaultNow', { name: profile.name }))
      await client.invalidateQueries({ queryKey: ['device-profiles'] })
    },
    onError: (error) => toast.failed(t('saveFailed'), error.message),
  })
}
