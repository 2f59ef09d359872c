/** Paper white and ink, one union blue. Everything else is in look.css, as variables both themes fill. */
import { createTheme, type MantineColorsTuple } from '@mantine/core'

const union: MantineColorsTuple = [
  '#eaf2fb',
  '#d3e3f5',
  '#a9c8ea',
  '#7db0e6',
  '#5b9adc',
  '#3c83cf',
  '#236fc0',
  '#125fae',
  '#0b5199',
  '#083c74',
]

export const theme = createTheme({
  primaryColor: 'union',
  primaryShade: { light: 8, dark: 7 },
  colors: { union },
  fontFamily: "'Inter Variable', system-ui, 'Segoe UI', Roboto, sans-serif",
  lineHeights: { xs: '1.45', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  defaultRadius: 4,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ModalHeader: { defaultProps: { component: 'div' } },
    DrawerHeader: { defaultProps: { component: 'div' } },
    Button: { defaultProps: { size: 'sm' } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Combobox: { defaultProps: { shadow: 'md' } },
  },
})
