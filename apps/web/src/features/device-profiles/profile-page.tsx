'use client'
import { useQuery } from '@tanstack/react-query'
import { ActionsMenu, Badge, MenuItem, Skeleton, copyText, toast } from '@thingwire/ui'
import { Copy, Cpu } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { getDeviceProfile, type ProfileView } from '@/api/device-profiles.ts'
import { LoadError, Page } from '@/shell/page.tsx'
import { useGo } from '@/shell/unsaved.tsx'
import { DeleteProfileDialog } from './delete-profile-dialog.tsx'
import { ProfileEditor } from './profile-editor.tsx'
import { ProfileMenuItems } from './profile-menu-items.tsx'

export const ProfilePage = ({ id }: { id: string }) => {
  const t = useTranslations('profiles')
  const query = useQuery({
    queryKey: ['device-profiles', id],
    queryFn: ({ signal }) => getDeviceProfile(id, signal),
  })
  const list = { label: t('title'), href: '/device-profiles' }
  const profile = query.data
  const crumbs = [
    list,
    { label: profile?.name ?? (query.error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" />) },
  ]
  if (profile)
    return (
      <ProfileEditor profile={profile} crumbs={crumbs} menu={<ProfileMenu profile={profile} />}>
        {profile.default ? <Badge tone="accent">{t('default')}</Badge> : null}
        <Badge>{t(`transports.${profile.transportType}`)}</Badge>
        {profile.provisionType === 'DISABLED' ? null : (
          <span className="text-sm text-ink-3">
            {t('provisioned', { strategy: t(`strategies.${profile.provisionType}`) })}
          </span>
        )}
      </ProfileEditor>
    )
  return (
    <Page fixed crumbs={crumbs}>
      {query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} back={list} />
      ) : (
        <div aria-busy className="grid gap-4 px-4 pt-5 sm:px-6">
          <Skeleton className="h-4 w-56" />
          <Skeleton className="h-8 w-full max-w-2xl" />
          <Skeleton className="h-56 w-full max-w-2xl" />
        </div>
      )}
    </Page>
  )
}

const ProfileMenu = ({ profile }: { profile: ProfileView }) => {
  const t = useTranslations('profiles')
  const common = useTranslations('common')
  const router = useRouter()
  const go = useGo()
  const [isDeleting, setDeleting] = useState(false)
  return (
    <>
      <ActionsMenu label={t('actionsFor', { name: profile.name })}>
        <MenuItem onSelect={() => go(`/devices?profile=${profile.id.id}`)}>
          <Cpu />
          {t('showDevices')}
        </MenuItem>
        <MenuItem onSelect={() => void copyText(profile.id.id).then(() => toast.done(common('copied')))}>
          <Copy />
          {t('copyId')}
        </MenuItem>
        <ProfileMenuItems profile={profile} onDelete={() => setDeleting(true)} />
      </ActionsMenu>
      <DeleteProfileDialog
        profile={isDeleting ? profile : null}
        onClose={() => setDeleting(false)}
        onDeleted={() => router.push('/device-profiles')}
      />
    </>
  )
}
