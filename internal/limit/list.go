package limit

// all are the limits, in the order in which they are described.
var all = []*Limit{
	TextSize, PageSize, SidecarSize, FolderDepth,
	PageElements, PageDepth, PageAttributes, AttributeSize,
	MarkdownDepth, MarkdownLinks, MarkdownParagraph, SeedMatterSize, SeedMatterDepth,
	ArchiveEntries, ArchiveEntrySize, ArchiveSize, ArchiveRatio, DocumentDepth, Chapters,
	MailParts, MailDepth, FeedEntries, FeedDepth, WARCSize, WARCPages,
	PDFPages, PDFLines, PDFWords, PDFTime, Redirects, LineSize,
	ContentSize, MatterSize, MatterValues, MatterDepth, KeyPointsSize, SectionSize, SectionLinks, TableColumns, TableCells,
}

// Seeds of every kind.
var (
	TextSize = &Limit{
		Name: "text-size", Unit: Bytes, Default: 10 << 20, Of: "a text, a Markdown file, a news item or a feed",
		Over: "larger than the limit of %s", Instead: "split the file",
	}
	PageSize = &Limit{
		Name: "page-size", Unit: Bytes, Default: 50 << 20, Of: "a saved page, a message, a document or a web archive; a page in it",
		Over: "larger than the limit of %s", Instead: "split the file",
	}
	SidecarSize = &Limit{
		Name: "sidecar-size", Unit: Bytes, Default: 64 << 10, Of: "the sidecar of a seed",
		Over: "a sidecar larger than the limit of %s", Instead: "keep to the metadata of the article",
	}
	FolderDepth = &Limit{
		Name: "folder-depth", Default: 16, Of: "folders of seeds inside one another",
		Over: "folders nest more than %s deep", Instead: "move the seeds up",
	}
)

// Saved pages.
var (
	// PageElements: several copies of the tree are in memory at a time. The
	// longest live blogs have some 30,000 elements.
	PageElements = &Limit{
		Name: "page-elements", Default: 200_000, Of: "the elements of a page",
		Over: "the page has more than %s elements, the most that are read", Instead: "save the article's own page, or its text as .txt",
	}
	// PageDepth is below the 512 at which the parser gives up: formatting
	// elements that it opens again need some of them. Pages written by people
	// stay below 60.
	PageDepth = &Limit{
		Name: "page-depth", Default: 200, Most: 400, Of: "elements of a page inside one another; of deeper ones the text alone counts",
		Over: "elements of the page nest more than %s deep",
	}
	PageAttributes = &Limit{
		Name: "page-attributes", Default: 40, Of: "the attributes of an element; more are passed over",
		Over: "an element of the page has more than %s attributes",
	}
	AttributeSize = &Limit{
		Name: "attribute-size", Unit: Bytes, Default: 4 << 10, Of: "an attribute of a page; a longer one is cut",
		Over: "an attribute of the page is longer than %s",
	}
)

// Seeds in Markdown. Each is there since the time of the parser grows with its
// square.
var (
	MarkdownDepth = &Limit{
		Name: "markdown-depth", Default: 60, Of: "quotations and lists of a Markdown seed inside one another",
		Over: "quotations or lists nest more than %s deep", Instead: "take markup away until they do not",
	}
	MarkdownLinks = &Limit{
		Name: "markdown-links", Default: 1000, Of: "links in a paragraph of a Markdown seed, and definitions of links and notes",
		Over: "a paragraph with more than %s links", Instead: "part it with blank lines",
	}
	MarkdownParagraph = &Limit{
		Name: "markdown-paragraph", Unit: Bytes, Default: 256 << 10, Of: "a paragraph of a Markdown seed",
		Over: "a paragraph of more than %s", Instead: "part it with blank lines, save the text as .txt",
	}
	SeedMatterSize = &Limit{
		Name: "seed-matter-size", Unit: Bytes, Default: 64 << 10, Of: "the front matter of a Markdown seed",
		Over: "front matter of more than %s", Instead: "move what is no metadata into the body",
	}
	SeedMatterDepth = &Limit{
		Name: "seed-matter-depth", Default: 32, Most: 1000, Of: "values in the front matter or the sidecar of a seed inside one another",
		Over: "values nest more than %s deep", Instead: "write them side by side",
	}
)

// Containers.
var (
	ArchiveEntries = &Limit{
		Name: "archive-entries", Default: 10_000, Of: "the files in a .docx or .epub",
		Over: "it has more than %s files in it", Instead: "save the article itself",
	}
	ArchiveEntrySize = &Limit{
		Name: "archive-entry-size", Unit: Bytes, Default: 32 << 20, Of: "what one file in a .docx or .epub unpacks to",
		Over: "larger than %s when unpacked", Instead: "save the article itself",
	}
	ArchiveSize = &Limit{
		Name: "archive-size", Unit: Bytes, Default: 64 << 20, Of: "what is read of a .docx or .epub, unpacked",
		Over: "what is read of it is larger than %s when unpacked", Instead: "split it",
	}
	// ArchiveRatio: the markup of long documents shrinks to a fiftieth, what
	// was made to fill a memory to a thousandth.
	ArchiveRatio = &Limit{
		Name: "archive-ratio", Default: 250, Most: 1100, Of: "how many times its packed size a file in a .docx or .epub unpacks to, above 1 MB",
		Over: "unpacks to more than %s times its packed size", Instead: "save the article itself",
	}
	DocumentDepth = &Limit{
		Name: "document-depth", Default: 500, Most: 5000, Of: "elements of a .docx inside one another",
		Over: "its elements nest more than %s deep", Instead: "save its text as .txt",
	}
	Chapters = &Limit{
		Name: "chapters", Default: 2000, Of: "the chapters of a publication",
		Over: "it has more than %s chapters", Instead: "split it",
	}
	MailParts = &Limit{
		Name: "mail-parts", Default: 5000, Of: "the parts of a message or of a page saved as .mhtml",
		Over: "it has more than %s parts", Instead: "save its text as .txt",
	}
	MailDepth = &Limit{
		Name: "mail-depth", Default: 10, Most: 1000, Of: "the parts of a message inside one another",
		Over: "its parts nest more than %s deep", Instead: "save its text as .txt",
	}
	FeedEntries = &Limit{
		Name: "feed-entries", Default: 1000, Of: "the entries of a feed",
		Over: "it has more than %s entries, the most that are read", Instead: "split the feed",
	}
	FeedDepth = &Limit{
		Name: "feed-depth", Default: 100, Most: 5000, Of: "elements of a feed inside one another",
		Over: "its elements nest more than %s deep", Instead: "save the articles' pages",
	}
	WARCSize = &Limit{
		Name: "warc-size", Unit: Bytes, Default: 256 << 20, Of: "what a web archive unpacks to",
		Over: "it is larger than %s when unpacked", Instead: "split it",
	}
	WARCPages = &Limit{
		Name: "warc-pages", Default: 1000, Of: "the pages of a web archive",
		Over: "it has more than %s pages, the most that are read", Instead: "split it",
	}
	PDFPages = &Limit{
		Name: "pdf-pages", Default: 5000, Of: "the pages of a PDF document",
		Over: "the document has more than %s pages", Instead: "split it",
	}
	PDFLines = &Limit{
		Name: "pdf-lines", Default: 3000, Of: "the lines of a page of a PDF document; a newspaper's has some 1,500",
		Over: "a page of the document has more than %s lines", Instead: "split it",
	}
	PDFWords = &Limit{
		Name: "pdf-words", Default: 1_000_000, Of: "the words of a PDF document: some ten novels",
		Over: "the document has more than %s words", Instead: "split it",
	}
	PDFTime = &Limit{
		Name: "pdf-time", Unit: Seconds, Default: 60, Of: "the time that pdftotext may take",
		Over: "reading the document takes longer than %s", Instead: "save its text as .txt",
	}
)

// Other input.
var (
	Redirects = &Limit{
		Name: "redirects", Default: 10, Most: 100, Of: "the redirects that readout add follows",
		Over: "it redirects more than %s times", Instead: "open it in a browser, and add the address where it ends",
	}
	LineSize = &Limit{
		Name: "line-size", Unit: Bytes, Default: 256 << 20, Of: "a line, or a text, that annotate and relate read",
		Over: "it is longer than %s", Instead: "split it",
	}
)

// Content files.
var (
	ContentSize = &Limit{
		Name: "content-size", Unit: Bytes, Default: 64 << 20, Of: "a content file",
		Over: "the file is larger than %s", Instead: "split it",
	}
	MatterSize = &Limit{
		Name: "matter-size", Unit: Bytes, Default: 1 << 20, Of: "the front matter of a content file",
		Over: "front matter is larger than %s", Instead: "shorten it",
	}
	MatterValues = &Limit{
		Name: "matter-values", Default: 20_000, Of: "the values in the front matter of a content file",
		Over: "front matter has more than %s values", Instead: "shorten it",
	}
	MatterDepth = &Limit{
		Name: "matter-depth", Default: 32, Most: 1000, Of: "values in the front matter of a content file inside one another",
		Over: "values nest more than %s deep", Instead: "write them side by side",
	}
	KeyPointsSize = &Limit{
		Name: "keypoints-size", Unit: Bytes, Default: 64 << 10, Of: "the key points of a briefing",
		Over: "key points are longer than %s", Instead: "shorten them",
	}
	SectionSize = &Limit{
		Name: "section-size", Unit: Bytes, Default: 1 << 20, Of: "a section or a page of an editor's own",
		Over: "the section is larger than %s", Instead: "split it",
	}
	SectionLinks = &Limit{
		Name: "section-links", Default: 1000, Of: "links in a paragraph of an editor's own, and definitions of links and notes",
		Over: "a paragraph with more than %s links", Instead: "part it with blank lines",
	}
	TableColumns = &Limit{
		Name: "table-columns", Default: 200, Of: "the columns of an editor's table",
		Over: "table with more than %s columns", Instead: "make it narrower",
	}
	// TableCells: the parser fills rows that lack cells.
	TableCells = &Limit{
		Name: "table-cells", Default: 100_000, Of: "the cells of an editor's table: its longest row times its rows",
		Over: "table with more than %s cells", Instead: "part it with a blank line",
	}
)
