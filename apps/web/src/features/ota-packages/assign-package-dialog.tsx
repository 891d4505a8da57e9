'use client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Field, SearchInput, Segmented, Select, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { listDevices } from '@/api/entities.ts'
import { assignToProfile, giveToDevice, packageName, type PackageView } from '@/api/ota-packages.ts'
import { useDeviceProfiles } from '@/components/device-profile-select.tsx'
import { type DialogForm, FormDialog, useDialogForm } from '@/components/form-dialog.tsx'
import { useUser } from '@/session/session-provider.tsx'

type Target = 'profile' | 'device'

/** Gives a package to all devices of its profile, or to one of them. */
export const AssignPackageDialog = ({ one, onClose }: { one: PackageView | null; onClose: () => void }) => {
  const t = useTranslations('packages')
  return (
    <FormDialog
      open={one !== null}
      onClose={onClose}
      title={t('assignTitle', { name: one ? packageName(one) : '' })}
      description={t('assignText')}
      submit={t('assignSubmit')}
    >
      {(dialog) => (one ? <AssignForm one={one} dialog={dialog} /> : null)}
    </FormDialog>
  )
}

const AssignForm = ({ one, dialog }: { one: PackageView; dialog: DialogForm }) => {
  const t = useTranslations('packages')
  const client = useQueryClient()
  const profileId = one.deviceProfileId?.id ?? ''
  const [target, setTarget] = useState<Target>('profile')
  const [deviceId, setDeviceId] = useState('')
  const [isMissing, setMissing] = useState(false)
  const { nameOf } = useDeviceProfiles()
  const assign = useMutation({
    mutationFn: () =>
      target === 'profile' ? assignToProfile(one, profileId) : giveToDevice(deviceId, one.type, one.id.id),
    onSuccess: async () => {
      toast.done(t('assigned', { name: packageName(one) }))
      dialog.close()
      await Promise.all(
        ['device-profiles', 'devices', 'device'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      )
    },
    onError: (error) => toast.failed(t('assignFailed'), error.message),
  })
  useDialogForm(dialog, { isDirty: false, isSubmitting: assign.isPending })
  return (
    <form
      id={dialog.id}
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (target === 'device' && !deviceId) setMissing(true)
        else assign.mutate()
      }}
    >
      <Segmented
        label={t('assignTo')}
        value={target}
        onChange={setTarget}
        options={[
          { value: 'profile', label: t('toProfile') },
          { value: 'device', label: t('toDevice') },
        ]}
      />
      {target === 'profile' ? (
        <p className="text-sm text-ink-2">{t('toProfileText', { profile: nameOf(profileId) })}</p>
      ) : (
        <DeviceChoice
          profileId={profileId}
          value={deviceId}
          error={isMissing && !deviceId ? t('deviceMissing') : undefined}
          onChange={setDeviceId}
        />
      )}
    </form>
  )
}

const DeviceChoice = (p: {
  profileId: string
  value: string
  error: string | undefined
  onChange: (deviceId: string) => void
}) => {
  const t = useTranslations('packages')
  const user = useUser()
  const [search, setSearch] = useState('')
  const textSearch = useDeferredValue(search.trim()) || undefined
  const question = { page: 0, pageSize: 50, sortProperty: 'name', textSearch, deviceProfileId: p.profileId }
  const devices = useQuery({
    queryKey: ['devices', 'choice', question],
    queryFn: ({ signal }) => listDevices(user, question, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="grid gap-3">
      <SearchInput
        aria-label={t('searchDevices')}
        placeholder={t('searchDevices')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <Field label={t('device')} error={p.error}>
        <Select value={p.value} onChange={(event) => p.onChange(event.target.value)}>
          <option value="">{t('chooseDevice')}</option>
          {devices.data?.data.map((device) => (
            <option key={device.id.id} value={device.id.id}>
              {device.name}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  )
}
