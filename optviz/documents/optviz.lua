--[[ The optviz blocks of a document, drawn while pandoc or Quarto builds it.

    pandoc --lua-filter optviz.lua lesson.md -o lesson.html
    filters: [optviz.lua]                               # in the YAML header of Quarto

    ```{.optviz .pair width=640 caption="AdaGrad stalls on the way"}
    trace --opt adagrad --eta 0.4
    ```

The words of a block are classes and attributes: .hide (the picture alone), .pair (a dark picture
too), .values, .markdown, .defaults, width=640, caption="…"; #fig-ada names the figure. One optviz
draws all blocks. Pictures are written to lesson_files beside lesson.html; a docx, odt, pptx, epub
or pdf holds them itself. A mistake in a block ends the build.

Written by `optviz new optviz.lua`; OPTVIZ in the environment is another command than `optviz`.
]]
PANDOC_VERSION:must_be_at_least '3.0'

local css = [[
PAIR_STYLE]]
local path = pandoc.path
local is_web = FORMAT:match 'html' or FORMAT:match 'epub' or FORMAT == 'revealjs' or FORMAT == 'slidy'
local is_vector = FORMAT == 'latex' or FORMAT == 'beamer' or FORMAT == 'context' or FORMAT == 'typst'
local holds_pictures = { ['.pdf'] = 1, ['.docx'] = 1, ['.odt'] = 1, ['.pptx'] = 1, ['.epub'] = 1 }
local is_word = { hide = true, pair = true, values = true, markdown = true, defaults = true }
local ours = { optviz = true, hide = true, width = true, caption = true, pair = not is_web }

-- The words of a block for `optviz book`, without those that this filter minds.
local function words(block)
  local list = {}
  for _, class in ipairs(block.classes) do
    if not ours[class] then table.insert(list, class) end
  end
  for name, value in pairs(block.attributes) do
    if not ours[name] then table.insert(list, name .. '="' .. value .. '"') end
  end
  return table.concat(list, ' ')
end

-- Adds the words of an info string to a block: `pair width=640`, `{.pair width="640"}`.
local function add_words(block, info)
  local function take(name, _, value) block.attributes[name] = value return '' end
  info = info:gsub('^%s*{(.*)}%s*$', '%1'):gsub('([%w-]+)=(["\'])(.-)%2', take)
  for word in info:gmatch '%S+' do
    local name, value = word:match '^(.-)=(.*)$'
    if name then block.attributes[name] = value else block.classes:insert((word:gsub('^%.', ''))) end
  end
end

-- A comment `<!-- optviz pair … -->` as a code block with .hide, another element as nil.
local function from_comment(raw)
  local info, body = raw.text:match '^<!%-%- optviz([^\n]*)\n(.-)\n?%-%->%s*$'
  if not raw.format:match 'html' or not info then return nil end
  local block = pandoc.CodeBlock(body, pandoc.Attr('', { 'optviz', 'hide' }))
  add_words(block, info)
  return block
end

local function block_of(element)
  if element.tag == 'RawBlock' then return from_comment(element) end
  local first = element.classes[1]  -- in gfm with its brace
  if first == '{.optviz' or first == '{.optviz}' then element.classes = pandoc.List { 'optviz' } end
  return element.classes:includes 'optviz' and element or nil
end

-- Runs `replace` on each block in the order of the document.
local function each_block(doc, replace)
  local function visit(element)
    local block = block_of(element)
    if block then return replace(block) end
  end
  return doc:walk { traverse = 'topdown', CodeBlock = visit, RawBlock = visit }
end

-- A fence that the reader has taken for code in a line, because its words stand without braces.
local function refuse_lost(paragraph)
  local code = #paragraph.content == 1 and paragraph.content[1]
  if not code or code.tag ~= 'Code' then return end
  local word = code.text:match '^optviz (%S+)'
  if code.text:match '^{%.optviz[ }]' or word and (is_word[word] or word:match '^{' or word:match '=') then
    error('write the words of a block in braces, ```{.optviz .pair width=640}: ' .. code.text, 0)
  end
end

-- The info strings of the blocks in the input files with their line numbers, {} if they are others.
local function find_in_input(count)
  local found = {}
  for _, name in ipairs(PANDOC_STATE.input_files) do
    local file, number = io.open(name), 0
    for line in file and file:lines() or function() end do
      number = number + 1
      local info = line:match '^[%s>]*```+%s*(.*)' or line:match '^[%s>]*~~~+%s*(.*)' or line:match '^[%s>]*<!%-%- (.*)'
      local brace, rest = (info or ''):match '^({?)%s*%.?optviz(.*)'
      if rest and not rest:match '^[%w-]' then
        table.insert(found, { line = number, info = brace .. rest })
      end
    end
    if file then file:close() end
  end
  return #found == count and found or {}
end

-- Gives blocks the words that their reader has dropped, as gfm and commonmark do.
local function restore_words(blocks)
  local found = find_in_input(#blocks)
  for number, block in ipairs(blocks) do
    local bare = #block.classes == 1 and #block.attributes == 0
    if bare and found[number] then add_words(block, found[number].info) end
  end
  return #PANDOC_STATE.input_files == 1 and found or {}
end

-- The blocks as a Markdown document, each on the line where it stands in the input.
local function markdown(blocks, places)
  local out, line = {}, 1  -- the line that the text so far ends in
  for number, block in ipairs(blocks) do
    local fence = '```'
    while block.text:find(fence, 1, true) do fence = fence .. '`' end
    local place = places[number] and places[number].line or line + 2
    local ends = math.max(number > 1 and 1 or 0, place - line)
    local text = fence .. 'optviz ' .. words(block) .. '\n' .. block.text .. '\n' .. fence
    table.insert(out, ('\n'):rep(ends) .. text)
    line = line + ends + select(2, text:gsub('\n', ''))
  end
  return table.concat(out) .. '\n'
end

-- Calls optviz once; the pictures are in the folder then. Raises a sentence.
local function draw(text, folder, command)
  local arguments = { 'book', '-', '--out-dir', folder, '--quiet' }
  local ran, output = pcall(pandoc.pipe, command, arguments, text)
  if ran then return output end
  local code = type(output) == 'table' and output.error_code or 127
  if code == 127 then
    error('there is no command ' .. command .. '; install optviz, or give its path with -M optviz=PATH', 0)
  end
  error('optviz could not draw the blocks of this document (see above)', 0)
end

-- What stands below each block in a Markdown document from optviz.
local function results(text)
  local list = {}
  for _, element in ipairs(pandoc.read(text, 'commonmark+pipe_tables').blocks) do
    if element.tag == 'CodeBlock' and element.classes:includes 'optviz' then
      table.insert(list, pandoc.Blocks {})
    elseif not (element.tag == 'RawBlock' and element.text:match '^<!%-%- /optviz') then
      list[#list]:insert(element)
    end
  end
  return list
end

-- The images of one result: one, or a light and a dark one; none of a text.
local function images(result)
  local inlines = result[1] and result[1].tag == 'Para' and result[1].content or pandoc.Inlines {}
  local first = inlines[1]
  if first and first.tag == 'Image' then return { first } end
  if not first or first.tag ~= 'RawInline' or first.text ~= '<picture>' then return {} end
  local html = pandoc.utils.stringify(inlines:map(function(inline) return inline.text end))
  local light = pandoc.read(html, 'html').blocks[1].content[1]
  local dark = light:clone()
  dark.src = html:match 'srcset="([^"]*)"'
  light.classes, dark.classes = { 'optviz-light' }, { 'optviz-dark' }
  return { light, dark }
end

-- The picture or pictures as one element: a figure if there is a caption or an identifier.
local function picture(found, block, place)
  local caption = block.attributes.caption or found[1].title
  local is_figure = caption ~= '' or block.identifier ~= ''
  for _, image in ipairs(found) do
    image.title, image.attributes.width = '', block.attributes.width
    if is_figure then image.attributes.alt = pandoc.utils.stringify(image.caption) end
    place(image)
  end
  if not is_figure then return pandoc.Para(found) end
  local below = pandoc.utils.blocks_to_inlines(pandoc.read(caption, 'markdown').blocks)
  return pandoc.Figure(pandoc.Plain(found), { pandoc.Plain(below) }, { id = block.identifier })
end

local function content_of(file)
  local stream = io.open(file, 'rb')
  local content = stream and stream:read 'a'
  if stream then stream:close() end
  return content
end

-- Puts an image where the output finds it: into the mediabag, with the address that it has there.
-- Of outputs `-o a.png -o a.pdf`, LaTeX and its kin have the PDF.
local function placer(folder, name)
  local above = path.filename(folder) .. '/'
  return function(image)
    local src = image.src:gsub('%%(%x%x)', function(hex) return string.char(tonumber(hex, 16)) end)
    local below = src:sub(select(2, src:find(above, 1, true)) + 1)
    local vector = path.split_extension(below) .. '.pdf'
    if is_vector and content_of(path.join { folder, vector }) then below = vector end
    image.src = name .. '/' .. below
    pandoc.mediabag.insert(image.src, nil, content_of(path.join { folder, below }))
  end
end

-- The document with the results below its blocks.
local function fill(doc, blocks, drawn, place)
  local number, paired = 0, false
  local filled = each_block(doc, function()
    number = number + 1
    local block = blocks[number]
    local shown, found = drawn[number], images(drawn[number])
    if #found > 0 then shown[1] = picture(found, block, place) end
    paired = paired or #found > 1
    if not block.classes:includes 'hide' then
      shown:insert(1, pandoc.CodeBlock(block.text, { class = 'optviz' }))
    end
    return shown
  end)
  if paired then filled.blocks:insert(1, pandoc.RawBlock('html', '<style>\n' .. css .. '</style>')) end
  return filled
end

local function build(doc)
  doc:walk { Para = refuse_lost, Plain = refuse_lost }
  local blocks = pandoc.List {}
  each_block(doc, function(block) blocks:insert(block) end)
  if #blocks == 0 then return nil end
  local text = markdown(blocks, restore_words(blocks))
  local command = doc.meta.optviz and pandoc.utils.stringify(doc.meta.optviz) or 'optviz'
  local output = PANDOC_STATE.output_file or PANDOC_STATE.input_files[1] or 'optviz'
  local stem, suffix = path.split_extension(path.filename(output))
  local function into(folder)
    return fill(doc, blocks, results(draw(text, folder, command)), placer(folder, stem .. '_files'))
  end
  if holds_pictures[suffix] then return pandoc.system.with_temporary_directory('optviz', into) end
  local folder = path.join { path.directory(output), stem .. '_files' }
  pandoc.system.make_directory(folder, true)
  return into(folder)
end

-- A mistake ends pandoc with a sentence, without the traceback that it adds to an error.
function Pandoc(doc)
  local built, outcome = pcall(build, doc)
  if built then return outcome end
  io.stderr:write('optviz.lua: ', (tostring(outcome):gsub('\nstack traceback.*', '')), '\n')
  os.exit(2)
end
