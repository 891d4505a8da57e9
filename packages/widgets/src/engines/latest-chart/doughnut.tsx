'use client'
import { colorOf } from '../../style/color-settings.ts'
import { textColor } from '../../style/ground-colors.ts'
import { useWords } from '../../texts/use-texts.ts'
import type { WidgetViewProps } from '../../widget.ts'
import type { DoughnutSettings } from './doughnut-settings.ts'
import { LatestChart } from './latest-view.tsx'
import { Pie } from './pie.tsx'
import { latestWords } from './words.ts'

const hole = 0.68

export const DoughnutChart = (p: WidgetViewProps<DoughnutSettings>) => {
  const words = useWords('latestChart', latestWords)
  const { settings } = p
  return (
    <LatestChart
      {...p}
      draw={(picture) => (
        <Pie
          picture={picture}
          look={{
            hole,
            radius: 1,
            isClockwise: settings.clockwise,
            label: null,
            labelFont: settings.legendLabelFont,
            labelColor: '',
            borderWidth: settings.borderWidth,
            // White between the parts is the ground of a light card.
            borderColor: settings.borderColor === '#fff' ? '' : settings.borderColor,
            total:
              settings.layout === 'with_total'
                ? {
                    font: settings.totalValueFont,
                    color: textColor(colorOf(settings.totalValueColor, picture.total), picture.theme),
                    word: words('total'),
                  }
                : null,
          }}
        />
      )}
    />
  )
}
