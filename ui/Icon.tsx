/** The few pictures we use, drawn in line on a 20-unit square. Always beside a word, so hidden from screen readers. */
const shapes = {
  today: 'M3 9.5 10 3l7 6.5M5 8v9h10V8',
  progress: 'M3 17h14M5 14V9m4 5V5m4 9v-6m4 6V3',
  targets: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-4a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  employers: 'M3 17V7l5-3v4l5-3v12M3 17h14V9h-4M6 11h.01M6 14h.01M10 11h.01M10 14h.01',
  foundings: 'M5 3h7l3 3v11H5zM12 3v3h3M10 9v5m-2.5-2.5h5',
  members: 'M7.5 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5 8c0-3 2-5 5-5s5 2 5 5m0-14a3 3 0 0 1 0 6m1.5 3c2 .6 3.5 2.4 3.5 5',
  units: 'M8 3h4v4H8zM2 13h4v4H2zM14 13h4v4h-4zM10 7v3M4 13v-3h12v3',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.5-1.5L17 17',
  menu: 'M3 5h14M3 10h14M3 15h14',
  close: 'm5 5 10 10M15 5 5 15',
  down: 'm5 8 5 5 5-5',
  right: 'm8 5 5 5-5 5',
  left: 'm12 5-5 5 5 5',
  up: 'm5 12 5-5 5 5',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-11v4l3 2',
  download: 'M10 3v10m-4-4 4 4 4-4M4 17h12',
  plus: 'M10 4v12M4 10h12',
  undo: 'M4 8h8a4 4 0 0 1 0 8H8M4 8l4-4M4 8l4 4',
  warning: 'M10 3 2 17h16zM10 8v4m0 2.5v.01',
  check: 'm4 10.5 4 4 8-9',
  calendar: 'M3 5h14v12H3zM3 9h14M7 3v4M13 3v4',
  user: 'M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 7c0-3.5 3-5 6.5-5s6.5 1.5 6.5 5',
  person: 'M10 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 8c0-3 3-5 6-5s6 2 6 5',
  paper: 'M5 3h7l3 3v11H5zM8 9h4M8 12h4',
  keyboard: 'M2 6h16v9H2zM5 9h.01M8 9h.01M11 9h.01M14 9h.01M6 12h8',
  pencil: 'M4 16l1-4 8-8 3 3-8 8z',
} as const

export type IconName = keyof typeof shapes

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path
        d={shapes[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
