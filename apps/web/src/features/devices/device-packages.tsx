'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OtaPackageType } from '@thingwire/contracts'
import { Card, CardHeader, Field, Select, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { DeviceView } from '@/api/entities.ts'
import { giveToDevice, listPackagesOf } from '@/api/ota-packages.ts'

/** Firmware and software of this device alone; a choice counts at once. */
export const DevicePackages = ({ device }: { device: DeviceView }) => {
  const t = useTranslations('device')
  return (
    <Card>
      <CardHeader title={t('packages')} description={t('packagesText')} />
      <div className="grid gap-4 p-4">
        <PackageChoice device={device} type="FIRMWARE" given={device.firmwareId?.id ?? ''} />
        <PackageChoice device={device} type="SOFTWARE" given={device.softwareId?.id ?? ''} />
      </div>
    </Card>
  )
}

const PackageChoice = ({ device, type, given }: { device: DeviceView; type: OtaPackageType; given: string }) => {
  const t = useTranslations('device')
  const client = useQueryClient()
  const profileId = device.deviceProfileId.id
  const packages = useQuery({
    queryKey: ['ota-packages', 'of', profileId, type],
    queryFn: ({ signal }) => listPackagesOf(profileId, type, signal),
  })
  const give = useMutation({
    mutationFn: (packageId: string) => giveToDevice(device.id.id, type, packageId || null),
    onSuccess: async () => {
      toast.done(t('packageGiven'))
      await client.invalidateQueries({ queryKey: ['device', device.id.id] })
    },
    onError: (error) => toast.failed(t('packageFailed'), error.message),
  })
  return (
    <Field label={t(`packageOf.${type}`)}>
      <Select
        value={give.isPending ? give.variables : given}
        disabled={give.isPending}
        onChange={(event) => give.mutate(event.target.value)}
      >
        <option value="">{t('packageOfProfile')}</option>
        {packages.data?.data.map((one) => (
          <option key={one.id.id} value={one.id.id}>
            {one.title} {one.version}
          </option>
        ))}
      </Select>
    </Field>
  )
}
