/** Words of checking a member card, read by people who have no account. */
export const cards = {
  title: 'Kiểm tra thẻ đoàn viên',
  lead: 'Thẻ được kiểm tra ngay trong trình duyệt này; nội dung thẻ không gửi đi đâu.',
  code: 'Nội dung mã QR trên thẻ',
  codeHint: 'Quét mã QR bằng điện thoại, chép dòng chữ bắt đầu bằng KD1 rồi dán vào đây.',
  checking: 'Đang kiểm tra…',
  genuine: 'Thẻ thật',
  genuineText: 'Nội dung dưới đây đúng như công đoàn đã ký khi cấp thẻ. Hãy so với người cầm thẻ.',
  stillMember: 'Thẻ cho biết điều đã đúng vào ngày cấp; người cầm thẻ có thể đã chuyển hoặc rời công đoàn sau đó.',
  forged: 'Không phải thẻ thật',
  forgedText: 'Nội dung này không do công đoàn ký, hoặc đã bị sửa. Không chấp nhận thẻ này.',
  unreadable: 'Chưa đọc được thành một thẻ',
  unreadableText: 'Dòng chữ bị thiếu, thừa hoặc không phải của thẻ đoàn viên. Hãy quét và chép lại cả dòng.',
  uncheckable: 'Trình duyệt này không tự kiểm tra được',
  uncheckableText:
    'Trình duyệt quá cũ, hoặc trang được mở không qua https. Có thể nhờ máy chủ kiểm tra: khi đó nội dung thẻ được gửi đến máy chủ, không lưu lại.',
  askServer: 'Nhờ máy chủ kiểm tra',
  fullName: 'Họ và tên',
  birthYear: 'Năm sinh',
  union: 'Công đoàn',
  cardNumber: 'Số thẻ',
  issuedOn: 'Ngày cấp',
} as const
