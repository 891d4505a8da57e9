'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { MenuItem, toast } from '@thingwire/ui'
import { Download, Star, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { makeDefaultProfile, type ProfileView } from '@/api/device-profiles.ts'
import { saveJson } from '@/components/json-file.tsx'
import { toFile } from './profile-file.ts'

/** What can be done with a profile from its row as from its page. */
export const ProfileMenuItems = ({ profile, onDelete }: { profile: ProfileView; onDelete: () => void }) => {
  const t = useTranslations('profiles')
  const client = useQueryClient()
  const makeDefault = useMutation({
    mutationFn: () => makeDefaultProfile(profile.id.id),
    onSuccess: async ({ name }) => {
      toast.done(t('isDefaultNow', { name }))
      await client.invalidateQueries({ queryKey: ['device-profiles'] })
    },
    onError: (error) => toast.failed(t('saveFailed'), error.message),
  })
  return (
    <>
      <MenuItem onSelect={() => saveJson(profile.name, toFile(profile))}>
        <Download />
        {t('export')}
      </MenuItem>
      <MenuItem disabled={profile.default} onSelect={() => makeDefault.mutate()}>
        <Star />
        {t('makeDefault')}
      </MenuItem>
      <MenuItem danger disabled={profile.default} onSelect={onDelete}>
        <Trash2 />
        {t('delete')}
      </MenuItem>
    </>
  )
}
