import type { KvEntry, OtaPackageInfo, OtaPackageType } from '@thingwire/contracts'

const prefixOf = (kind: OtaPackageType) => (kind === 'FIRMWARE' ? 'fw' : 'sw')

const text = (key: string, value: string | null): KvEntry[] =>
  value === null || value === '' ? [] : [{ key, type: 'STRING', value }]
const number = (key: string, value: number | null): KvEntry[] => (value === null ? [] : [{ key, type: 'LONG', value }])

/** Telemetry of a device that is to get this package, before it is told. */
export const queuedValues = (info: OtaPackageInfo, nowMs: number): KvEntry[] => {
  const prefix = prefixOf(info.type)
  return [
    ...text(`target_${prefix}_title`, info.title),
    ...text(`target_${prefix}_version`, info.version),
    ...text(`target_${prefix}_tag`, info.tag),
    ...number(`target_${prefix}_ts`, nowMs),
    ...text(`${prefix}_state`, 'QUEUED'),
  ]
}

/** Telemetry once the device is told. */
export const initiatedValues = (kind: OtaPackageType): KvEntry[] => text(`${prefixOf(kind)}_state`, 'INITIATED')

const suffixes = ['title', 'version', 'tag', 'size', 'checksum', 'checksum_algorithm', 'url'] as const

/** The shared attributes that tell a device of its package, and those that must go. */
export const packageAttributes = (
  kind: OtaPackageType,
  info: OtaPackageInfo | null,
): { entries: KvEntry[]; obsolete: string[] } => {
  const prefix = prefixOf(kind)
  const entries = info
    ? [
        ...text(`${prefix}_title`, info.title),
        ...text(`${prefix}_version`, info.version),
        ...text(`${prefix}_tag`, info.tag),
        ...number(`${prefix}_size`, info.dataSize),
        ...text(`${prefix}_checksum`, info.checksum),
        ...text(`${prefix}_checksum_algorithm`, info.checksumAlgorithm),
        ...text(`${prefix}_url`, info.url),
      ]
    : []
  const told = new Set(entries.map(({ key }) => key))
  return { entries, obsolete: suffixes.map((suffix) => `${prefix}_${suffix}`).filter((key) => !told.has(key)) }
}
