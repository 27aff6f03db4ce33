using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Writes the notices of all packages whose files are published: the licence files that they bring, else the text of the licence that they name.</summary>
public class ThirdPartyNotices : Task
{
    /// <summary>Folders of restored packages.</summary>
    [Required]
    public ITaskItem[] Folders { get; set; }

    /// <summary>Folder with texts of licences by their SPDX names, and by package for works within.</summary>
    [Required]
    public string Licenses { get; set; }

    /// <summary>Folders of Node modules whose code is in the page.</summary>
    public ITaskItem[] Modules { get; set; }

    /// <summary>Works that are embedded, as files with their licence.</summary>
    public ITaskItem[] Embedded { get; set; }

    /// <summary>Where the notices go.</summary>
    [Required]
    public string Output { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        var text = new StringBuilder("Eigenflow contains the following works of others, each under the licence that is printed with it.\n");
        var printed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in Folders.Select(item => item.ItemSpec.TrimEnd('/', '\\')).Distinct(StringComparer.Ordinal).OrderBy(folder => folder, StringComparer.OrdinalIgnoreCase))
            Add(text, printed, folder);
        foreach (var folder in (Modules ?? new ITaskItem[0]).Select(item => item.ItemSpec.TrimEnd('/', '\\')))
            AddModule(text, folder);
        foreach (var file in (Embedded ?? new ITaskItem[0]).Select(item => item.ItemSpec))
            text.Append(Line).Append(Path.GetFileName(file)).Append(", embedded\n\n").Append(Clean(File.ReadAllText(file)));
        if (Log.HasLoggedErrors)
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Output)));
        File.WriteAllText(Output, text.ToString(), new UTF8Encoding(false));
        return true;
    }

    private const string Line = "\n================================================================================\n";

    private void Add(StringBuilder text, Dictionary<string, string> printed, string folder)
    {
        var nuspec = Directory.GetFiles(folder, "*.nuspec").FirstOrDefault();
        if (nuspec == null)
        {
            Log.LogError("{0} holds no .nuspec: its licence is not known.", folder);
            return;
        }

        var metadata = XDocument.Load(nuspec).Root.Elements().First(element => element.Name.LocalName == "metadata").Elements().GroupBy(element => element.Name.LocalName).ToDictionary(group => group.Key, group => group.First().Value.Trim());
        Func<string, string> get = name => metadata.TryGetValue(name, out var value) ? value : "";
        var id = get("id");
        text.Append(Line).Append(id).Append(' ').Append(get("version")).Append(", ").Append(get("authors")).Append(", ").Append(get("license").Length > 0 ? get("license") : get("licenseUrl")).Append('\n').Append(get("projectUrl")).Append("\n\n");
        var files = Directory.GetFiles(folder).Where(file => IsLicence(Path.GetFileName(file))).OrderBy(file => file, StringComparer.OrdinalIgnoreCase).ToList();
        if (!files.Any(file => Path.GetFileName(file).StartsWith("licen", StringComparison.OrdinalIgnoreCase)))
        {
            var known = new[] { Path.Combine(Licenses, id + ".txt"), Path.Combine(Licenses, get("license") + ".txt") }.FirstOrDefault(File.Exists);
            if (known == null)
            {
                Log.LogError("{0} {1} brings no text of its licence '{2}': add {3}.", id, get("version"), get("license"), Path.Combine(Licenses, id + ".txt"));
                return;
            }

            var owner = get("copyright").Length > 0 ? get("copyright") : "Copyright (c) " + get("authors");
            text.Append(Clean(File.ReadAllText(known)).Replace("<copyright>", owner)).Append('\n');
        }

        foreach (var file in files)
        {
            var content = Clean(File.ReadAllText(file));
            if (printed.TryGetValue(content, out var before))
            {
                text.Append(Path.GetFileName(file)).Append(" is that of ").Append(before).Append(".\n\n");
                continue;
            }

            printed.Add(content, id);
            text.Append(content).Append('\n');
        }
    }

    // A module says in package.json what it is; JSON is not read by what builds this, and the few members stand one a line.
    private void AddModule(StringBuilder text, string folder)
    {
        var package = File.ReadAllText(Path.Combine(folder, "package.json"));
        Func<string, string> get = name => Regex.Match(package, "^ {0,4}\"" + name + "\":\\s*\"([^\"]*)\"", RegexOptions.Multiline).Groups[1].Value;
        var licence = Path.Combine(folder, "LICENSE");
        if (get("version").Length == 0 || get("license").Length == 0 || !File.Exists(licence))
        {
            Log.LogError("{0} does not say its version and licence.", folder);
            return;
        }

        text.Append(Line).Append(get("name")).Append(' ').Append(get("version")).Append(", in the page, ").Append(get("license")).Append('\n').Append(get("homepage")).Append("\n\n").Append(Clean(File.ReadAllText(licence)));
    }

    private static bool IsLicence(string name) =>
        name.StartsWith("licen", StringComparison.OrdinalIgnoreCase) || name.StartsWith("third", StringComparison.OrdinalIgnoreCase) || name.StartsWith("notice", StringComparison.OrdinalIgnoreCase);

    private static string Clean(string text) => text.TrimStart('\uFEFF').Replace("\r\n", "\n").TrimEnd() + "\n";
}
