'use client'
import type { ECharts } from 'echarts/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { drawing } from '../../frame-budget.ts'
import { createChart, drawNow, type Plot, plotOf } from './echarts.ts'
import type { Frame } from './frame.ts'
import { toOption } from './option.ts'

const isSame = (a: Plot | null, b: Plot | null): boolean =>
  a?.x === b?.x && a?.y === b?.y && a?.width === b?.width && a?.height === b?.height

/** Keeps one ECharts instance for the life of the widget and moves it on with every picture. */
export const useCanvas = (box: RefObject<HTMLElement | null>, frame: Frame | null, version: number) => {
  const chart = useRef<ECharts>(undefined)
  const [plot, setPlot] = useState<Plot | null>(null)
  useEffect(() => {
    if (!box.current) return
    chart.current = createChart(box.current)
    return () => {
      drawing.cancel(box)
      chart.current?.dispose()
      chart.current = undefined
    }
  }, [box])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that formatters have answered
  useEffect(() => {
    if (!frame) return
    drawing.request(box, () => {
      const drawn = chart.current
      if (!drawn) return
      drawNow(drawn, () => {
        if (drawn.getWidth() !== frame.size.width || drawn.getHeight() !== frame.size.height) drawn.resize()
        drawn.setOption(toOption(frame), { replaceMerge: ['series', 'xAxis', 'yAxis', 'visualMap'] })
      })
      const next = plotOf(drawn)
      setPlot((before) => (isSame(before, next) ? before : next))
    })
  }, [box, frame, version])
  return { chart, plot }
}
