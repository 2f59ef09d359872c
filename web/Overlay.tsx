/** What may lie over the page: the search, the keys, and on a small screen the rail. */
import { Drawer } from '@mantine/core'
import { useWords } from '#ui/words.tsx'
import { Keys } from './Keys.tsx'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'

export type Open = 'palette' | 'keys' | 'rail' | null

export function Overlay({ open, onClose }: { open: Open; onClose: () => void }) {
  const { say } = useWords()
  return (
    <>
      <Drawer
        opened={open === 'rail'}
        onClose={onClose}
        title={say.frame.rooms}
        size={280}
        closeButtonProps={{ 'aria-label': say.frame.close }}
      >
        <nav className="rail-drawer" aria-label={say.frame.rooms}>
          <Rail />
        </nav>
      </Drawer>
      <Palette opened={open === 'palette'} onClose={onClose} />
      <Keys opened={open === 'keys'} onClose={onClose} />
    </>
  )
}
