'use client'
import { useMemo } from 'react'
import { FormView } from '../engines/form/form-view.tsx'
import { WidgetNotice } from '../notice.tsx'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import { fieldsOf } from './fields.ts'
import type { UpdateAttributesSettings } from './manifest.ts'

type Props = WidgetViewProps<UpdateAttributesSettings>

export const UpdateAttributes = (p: Props) => {
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  return <Ready {...p} series={p.state.series} isLost={p.state.staleSince !== null} />
}

const Ready = ({ settings, series, size, isLost }: Props & { series: readonly WidgetSeries[]; isLost: boolean }) => {
  const fields = useMemo(() => fieldsOf(series, settings), [series, settings])
  return (
    <FormView
      fields={fields}
      width={size.width}
      isLost={isLost}
      look={{
        columns: settings.fieldsAlignment === 'row' ? settings.fieldsInRow : 1,
        columnGap: settings.columnGap,
        rowGap: settings.rowGap,
        hasButtons: settings.showActionButtons,
        savesAll: settings.updateAllValues,
        saysResult: settings.showResultMessage,
        saveLabel: settings.saveButtonLabel,
        undoLabel: settings.resetButtonLabel,
        ...(settings.showGroupTitle
          ? {
              titleOf: ({ entity }) =>
                settings.groupTitle
                  .replaceAll('${entityName}', entity.name)
                  .replaceAll('${entityLabel}', entity.label || entity.name),
            }
          : {}),
      }}
    />
  )
}
