/** What the commands say at the terminal. */
export const commands = {
  about: 'Kết Đoàn: đoàn viên, công đoàn cơ sở, và những con số mở ra được hồ sơ của chúng.',
  usage: 'Cách dùng: ./ket-doan LỆNH [tùy chọn]',
  list: 'Các lệnh:',
  more: 'Xem từng lệnh: ./ket-doan LỆNH --help. Mã kết thúc: 0 ổn; 1 câu trả lời là không; 2 dùng sai.',
  common: 'Tùy chọn chung: --data THƯ-MỤC (hoặc biến DATABASE_URL), --json, --lang vi|en',
  unknownCommand: (name: string, near: string) => `Không có lệnh "${name}".${near ? ` Ý bạn là "${near}"?` : ''}`,
  unknownOption: (text: string) => `Dùng sai: ${text}`,
  missing: (what: string) => `Thiếu ${what}.`,
  unknownUnit: (code: string, near: string) => `Không có đơn vị mã "${code}".${near ? ` Ý bạn là "${near}"?` : ''}`,
  notADay: (text: string) => `"${text}" không phải là ngày (viết 2024-11-10 hoặc 10/11/2024).`,
  notAnInstant: (text: string) => `"${text}" không phải là thời điểm (viết 2024-11-10T17:00:00+07:00).`,
  noFile: (path: string) => `Không đọc được tệp ${path}.`,
  badFacts: (text: string) => `Tệp số liệu không đúng dạng: ${text}`,
  summaries: {
    start: 'Chạy Kết Đoàn và in địa chỉ để mở trong trình duyệt',
    progress: 'In tiến độ của một đơn vị đến một ngày, kèm chỉ tiêu và tỷ lệ',
    import: 'Nhập danh sách đoàn viên từ Excel, CSV; hoàn tác một lần nhập',
    exam: 'Đối chiếu từng số đã in với số đếm được',
    demo: 'Dựng dữ liệu mẫu cộng lại đúng bằng các số trong tệp',
    verify: 'Đếm lại mọi bảng cộng dồn từ sổ và so với bảng đang dùng',
    account: 'Thêm tài khoản, đặt lại mật khẩu, liệt kê tài khoản',
    card: 'Kiểm tra thẻ đoàn viên không cần mạng; in khóa công khai để kiểm tra',
    openapi: 'In mô tả API theo OpenAPI 3.1',
  },
  start: {
    building: 'Đang dựng giao diện...',
    loadingDemo: 'Cơ sở dữ liệu trống: đang nạp dữ liệu mẫu...',
    ready: (address: string) => `Kết Đoàn đã sẵn sàng: ${address}`,
    signIns: (password: string) => `Tài khoản mẫu (mật khẩu ${password}):`,
    firstAccount:
      'Chưa có tài khoản. Tạo bằng: ./ket-doan account add TÊN --name "Họ tên" --role federation_leader --unit MÃ --unit-name "Tên liên đoàn"',
    portInUse: (port: number) =>
      `Cổng ${port} đang được chương trình khác dùng. Chọn cổng khác: npm start -- --port ${port + 1}`,
    notAPort: (text: string) => `"${text}" không phải là số cổng (1-65535).`,
    stopped: 'Đã dừng.',
    databaseGone: 'Cơ sở dữ liệu dừng đột ngột; Kết Đoàn dừng theo. Chạy lại npm start để phục hồi.',
  },
  progress: {
    title: (unit: string, from: string, to: string) => `${unit}, từ ${from} đến ${to}`,
    structure: (day: string) => `theo cơ cấu ngày ${day}`,
    known: (instant: string) => `như đã biết lúc ${instant}`,
  },
  import: {
    read: (file: string, rows: string, seconds: string) => `${file}: ${rows} dòng, đọc trong ${seconds} giây.`,
    legacy: (font: string) => `Phông chữ cũ ${font}, đã chuyển sang Unicode.`,
    columns: (list: string) => `Các cột: ${list}`,
    verdicts: {
      new: 'mới',
      returns: 'trở lại',
      arrives: 'đang chuyển đến',
      changed: 'thay đổi',
      same: 'đã có, không đổi',
      elsewhere: 'ở công đoàn khác',
      refused: 'chưa ghi được',
    },
    progress: (percent: string, seconds: string) => `${percent}%, còn khoảng ${seconds} giây`,
    done: (id: string, seconds: string, rate: string) =>
      `Đã ghi trong ${seconds} giây (${rate} dòng/giây kể cả đọc). Hoàn tác: ./ket-doan import undo ${id} --reason "..."`,
    badHint: 'Các dòng chưa ghi được: thêm --bad TỆP.xlsx để lấy ra sửa rồi nhập lại.',
    undone: (reversed: string, kept: string, impossible: string) =>
      `Đã lấy lại: ${reversed} người; giữ nguyên vì có người làm tiếp: ${kept}; không lấy lại được: ${impossible}.`,
    operator: 'Người vận hành',
  },
  exam: {
    header: ['Đơn vị', 'Kỳ', 'Chỉ tiêu', 'Đã in', 'Đếm được', 'Tỷ lệ đúng', 'Kết luận'],
    verdicts: {
      agrees: 'khớp',
      differs: 'KHÁC',
      declared: 'khai báo',
      percent_truncated: 'tỷ lệ in bị cắt, không làm tròn',
      percent_rounded: 'tỷ lệ in làm tròn ít chữ số hơn',
      percent_wrong: 'tỷ lệ in sai',
      parts_do_not_add_up: 'các phần cộng lại không bằng tổng',
    },
    summary: (counted: number, agree: number, declared: number) =>
      `${counted} số đếm từ sổ, ${agree} khớp; ${declared} số khai báo.`,
    noAnswer: 'không có số liệu',
  },
  demo: {
    done: (units: string, unions: string, people: string, seconds: string) =>
      `Đã dựng ${units} đơn vị, ${unions} công đoàn, ${people} người trong ${seconds} giây.`,
    notEmpty:
      'Cơ sở dữ liệu đã có đơn vị; dữ liệu mẫu chỉ nạp vào cơ sở dữ liệu trống. Dùng --data với một thư mục mới.',
    conflict: (text: string) => `Các số liệu mâu thuẫn nhau: ${text}`,
  },
  verify: {
    good: (ledgers: number, rows: number) => `${ledgers} sổ đếm lại, ${rows} dòng cộng dồn đều khớp.`,
    bad: (ledger: string, wrong: number) => `${ledger}: ${wrong} dòng cộng dồn không khớp với sổ.`,
    fixed: 'Đã dựng lại các bảng cộng dồn từ sổ.',
  },
  account: {
    added: (username: string, password: string) => `Đã thêm tài khoản ${username}; mật khẩu: ${password}`,
    reset: (username: string, password: string) => `Mật khẩu mới của ${username}: ${password}`,
    taken: (username: string) => `Tài khoản ${username} đã có.`,
    unknown: (username: string) => `Không có tài khoản ${username}.`,
    needsRoot: 'Cơ sở dữ liệu chưa có đơn vị nào: thêm --unit-name "Tên liên đoàn" để lập đơn vị gốc.',
    badRole: (role: string) =>
      `Không có vai trò "${role}". Các vai trò: federation_leader, unit_leader, officer, read_only.`,
  },
  card: {
    genuine: (name: string, birthYear: string, union: string, number: string, issuedOn: string) =>
      `Thẻ thật: ${name}${birthYear ? `, sinh năm ${birthYear}` : ''}; ${union}; số thẻ ${number}, cấp ngày ${issuedOn}.`,
    forged: 'Không phải thẻ thật: nội dung không do người giữ khóa này ký, hoặc đã bị sửa.',
    unreadable: 'Không phải nội dung của thẻ đoàn viên, hoặc bị chép thiếu.',
    notAKey: 'Khóa công khai phải là 43 ký tự, như lệnh card key in ra.',
    noKey: 'Thư mục dữ liệu chưa có khóa. Cho biết khóa bằng --key, hoặc thư mục bằng --data.',
  },
  help: {
    start:
      '  --port N        cổng (mặc định 4010)\n  --data THƯ-MỤC  nơi giữ dữ liệu\n  --empty         không nạp dữ liệu mẫu\nVí dụ: npm start -- --port 8080 --data /srv/ket-doan',
    progress:
      '  --unit MÃ           đơn vị (bắt buộc)\n  --from NGÀY         đầu kỳ (mặc định 1/1 của năm)\n  --as-of NGÀY        tính đến ngày (mặc định hôm nay)\n  --known-at LÚC      như đã biết lúc ấy\n  --structure-on NGÀY theo cơ cấu tổ chức ngày ấy\n  --indicator MÃ      chỉ tiêu, lặp lại được\n  --by children|officers\n  --decimals N        số chữ số thập phân (mặc định 1)\nVí dụ: ./ket-doan progress --unit tay-ho --from 2024-01-01 --as-of 2024-12-31',
    import:
      '  import members TỆP --unit MÃ [--dry-run] [--kind opening|admitted] [--on NGÀY] [--by TÀI-KHOẢN] [--bad TỆP.xlsx]\n  import list --unit MÃ\n  import undo SỐ --reason "Lý do"\nopening: đoàn viên đã có từ trước (mặc định); admitted: kết nạp mới. Tất cả cùng được ghi, hoặc không dòng nào.\nVí dụ: ./ket-doan import members danh-sach.xlsx --unit tay-ho --dry-run',
    exam: '  TỆP             tệp số liệu đã in (facts.json)\nVí dụ: ./ket-doan exam facts.json --json',
    demo: '  TỆP             tệp số liệu; --seed N để có người khác, số vẫn đúng\nVí dụ: ./ket-doan demo facts.json --data /tmp/thu',
    verify: '  --rebuild       dựng lại các bảng cộng dồn nếu sai',
    account:
      '  account list\n  account add TÊN --name "Họ tên" --role VAI-TRÒ --unit MÃ [--unit-name "Tên"] [--password MẬT-KHẨU]\n  account reset TÊN [--password MẬT-KHẨU]\nKhông có --password thì chương trình đặt một mật khẩu ngẫu nhiên và in ra một lần.',
    card: '  card verify NỘI-DUNG [--key KHÓA]   kiểm tra dòng chữ trong mã QR (KD1...); không có --key thì dùng khóa của thư mục dữ liệu\n  card key                            in khóa công khai\nMã kết thúc: 0 thẻ thật; 1 không phải thẻ thật. Không mở cơ sở dữ liệu, không cần mạng.',
    openapi: 'Ví dụ: ./ket-doan openapi > openapi.json',
  },
} as const
