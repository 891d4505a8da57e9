'use client'
import {
  boxesOf,
  type Command,
  columnsOf,
  gridAt,
  isLocked,
  lockWidgets,
  onOwnGrid,
  placesOf,
  placeWidgets,
  setPlaces,
} from '@thingwire/dashboards/edit'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../components/switch-row.tsx'
import { usePlacedGrid, useEditedGrid } from '../canvas/use-edited-grid.ts'
import { type Json, jsonOf } from '../side/json.ts'
import { useConfiguration, useEditorStore } from '../store/use-editor.ts'
import { NumberField } from './parts/number-field.tsx'
import { Section } from './parts/section.tsx'
import { VisibilityFields } from './visibility-fields.tsx'

const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)

/** Where a widget stands: on the grid that is edited, and in the list of phones. */
export const LayoutTab = ({ id, config }: { id: string; config: Json }) => {
  const t = useTranslations('dashboardPanel')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const [main, right] = [useEditedGrid('main'), useEditedGrid('right')]
  const placed = { main: usePlacedGrid('main'), right: usePlacedGrid('right') }
  const at = gridAt(configuration, right)?.widgets && boxesOf(gridAt(configuration, right)).has(id) ? right : main
  const grid = gridAt(configuration, at)
  const box = boxesOf(grid).get(id)
  if (!box) return <p className="py-4 text-sm text-ink-3">{t('notPlaced')}</p>
  const place = jsonOf(placesOf(grid)[id])
  const columns = columnsOf(grid)
  const locked = isLocked(place)
  const target = placed[at.layout]
  const run = (command: Command) => store.run(onOwnGrid(target, command))
  const put = (members: Partial<typeof box>, isSize: boolean) =>
    run(
      placeWidgets(target, new Map([[id, { ...box, ...members }]]), [id], {
        key: isSize ? 'resizeWidgets' : 'moveWidgets',
        join: `place ${id} ${Object.keys(members).join(' ')}`,
      }),
    )
  const setPlace = (member: string, value: unknown) =>
    run(setPlaces(target, [id], { [member]: value ?? undefined }, 'changeWidget', `place ${id} ${member}`))
  const field = (member: keyof typeof box, least: number, most: number) => (
    <NumberField
      label={t(`place.${member}`)}
      value={box[member]}
      least={least}
      most={most}
      isWhole
      isNeeded
      onChange={(value) => put({ [member]: value ?? 0 }, member === 'sizeX' || member === 'sizeY')}
    />
  )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)]">
      <Section title={t('place.title')} hint={t('place.hint', { columns })}>
        <fieldset disabled={locked} className="grid min-w-0 grid-cols-2 gap-3">
          {field('col', 0, columns - 1)}
          {field('row', 0, 10_000)}
          {field('sizeX', 1, columns)}
          {field('sizeY', 1, 1_000)}
        </fieldset>
        <SwitchRow
          label={t('place.locked')}
          hint={t('place.lockedHint')}
          checked={locked}
          onChange={(checked) => run(lockWidgets(target, [id], checked))}
        />
        <SwitchRow
          label={t('place.ratio')}
          checked={place.preserveAspectRatio === true}
          onChange={(checked) => setPlace('preserveAspectRatio', checked)}
        />
      </Section>
      <Section title={t('place.phone')}>
        <div className="grid grid-cols-2 gap-3">
          <NumberField
            label={t('place.mobileOrder')}
            value={numberOf(place.mobileOrder)}
            least={0}
            most={10_000}
            isWhole
            placeholder={t('place.byPlace')}
            onChange={(value) => setPlace('mobileOrder', value)}
          />
          <NumberField
            label={t('place.mobileHeight')}
            value={numberOf(place.mobileHeight)}
            least={1}
            most={100}
            placeholder={t('usual')}
            onChange={(value) => setPlace('mobileHeight', value)}
          />
        </div>
        <SwitchRow
          label={t('place.mobileHide')}
          checked={place.mobileHide === true}
          onChange={(checked) => setPlace('mobileHide', checked)}
        />
        <SwitchRow
          label={t('place.desktopHide')}
          checked={place.desktopHide === true}
          onChange={(checked) => setPlace('desktopHide', checked)}
        />
      </Section>
      <VisibilityFields id={id} config={config} />
    </div>
  )
}
