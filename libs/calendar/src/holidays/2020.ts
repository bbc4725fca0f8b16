/** Final version: holds the Spring Festival extension of 2020-01-26; 2020-02-01, first a make-up Saturday, became a day off. */
export const notice2020 = {
  year: 2020,
  number: '国办发明电〔2019〕16号',
  title: '国务院办公厅关于2020年部分节假日安排的通知',
  publishedOn: '2019-11-21',
  source: 'days: https://www.gov.cn/zhengce/content/2019-11/21/content_5454164.htm (as linked by chinese-days 1.5.7); number: http://gansulong.com/c/0Q25M3X2022_2.html',
  off: [
    '2020-01-01', '2020-01-24', '2020-01-25', '2020-01-26', '2020-01-27', '2020-01-28', '2020-01-29', '2020-01-30',
    '2020-01-31',
    '2020-02-01', '2020-02-02',
    '2020-04-04', '2020-04-05', '2020-04-06',
    '2020-05-01', '2020-05-02', '2020-05-03', '2020-05-04', '2020-05-05',
    '2020-06-25', '2020-06-26', '2020-06-27',
    '2020-10-01', '2020-10-02', '2020-10-03', '2020-10-04', '2020-10-05', '2020-10-06', '2020-10-07', '2020-10-08',
  ],
  workdays: [
    '2020-01-19',
    '2020-04-26',
    '2020-05-09',
    '2020-06-28',
    '2020-09-27',
    '2020-10-10',
  ],
  amendments: [
    {
      number: '国办发明电〔2020〕1号',
      title: '国务院办公厅关于延长2020年春节假期的通知',
      publishedOn: '2020-01-26',
      source: 'days: http://www.gov.cn/zhengce/content/2020-01/27/content_5472352.htm (as linked by chinese-days 1.5.7); number: http://gansulong.com/c/0Q25M3X2022_2.html',
      days: [
        '2020-01-31',
        '2020-02-01', '2020-02-02',
      ],
    },
  ],
};
