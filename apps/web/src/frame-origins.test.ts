import { expect, it } from 'vitest'
import { frameAncestors, withinDashboards } from './frame-origins.ts'

const of = (path: string, named: string | null) => frameAncestors(new URL(path, 'https://iot.example.org'), named)
const board = '/dashboards/784f394c-42b6-435a-983c-b7beff2784f9?embed=1'

it('nobody shows a page in a frame unless a setting names them, and then only dashboards without the console', () => {
  expect(of(board, null)).toBe("'none'")
  expect(of(board, '')).toBe("'none'")
  expect(of(board, 'https://portal.example.org http://10.0.0.7:8080')).toBe(
    'https://portal.example.org http://10.0.0.7:8080',
  )
  expect(of(board, 'http://127.0.0.1:*')).toBe('http://127.0.0.1:*')
  expect(of(board, '*')).toBe('*')
  expect(of(board.replace('embed=1', 'publicId=a'), '*'), 'a public link').toBe('*')
  for (const path of [
    '/',
    '/login?embed=1',
    '/dashboards?embed=1',
    '/devices/a?embed=1',
    '/dashboards/a',
    '/dashboards/a/edit?embed=1',
  ])
    expect(of(path, '*'), path).toBe("'none'")
})

it('what is no origin is left out', () => {
  expect(of(board, "https://a.example; script-src 'self' javascript:alert(1) https://b.example")).toBe(
    'https://b.example',
  )
  expect(of(board, "data: 'unsafe-inline' https://a.example/path")).toBe("'none'")
})

it('documents within a dashboard stand wherever it may stand, and nowhere else', () => {
  const policy = "default-src 'none'; frame-ancestors 'self'; sandbox allow-scripts"
  expect(withinDashboards(policy, null)).toBe(policy)
  expect(withinDashboards(policy, 'https://portal.example.org x;y')).toBe(
    "default-src 'none'; frame-ancestors 'self' https://portal.example.org; sandbox allow-scripts",
  )
})
