using System.Text;

using Eigenflow.Settings;
namespace Eigenflow.Cli;

/// <summary>Writes the table of completions as the script of a shell. Every script walks the words typed so far to the deepest command, and offers what may follow.</summary>
internal static class CompletionScript
{
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script.</summary>
    /// <exception cref="ParameterException">No such shell.</exception>
    public static string Of(string shell, IReadOnlyList<CompletionRow> rows) => shell switch
    {
        "bash" => Bash(rows),
        "zsh" => "#compdef eigenflow\nautoload -U +X bashcompinit && bashcompinit\n" + Bash(rows),
        "fish" => Fish(rows),
        "pwsh" => PowerShell(rows),
        _ => throw new ParameterException("shell", shell, "one of " + string.Join(", ", Shells), Settings.Suggestion.For(shell, Shells)),
    };

    private static string Bash(IReadOnlyList<CompletionRow> rows)
    {
        var script = new StringBuilder();
        script.Append(
            """
            # Completion of eigenflow for bash: source this file, or put it into ~/.local/share/bash-completion/completions/eigenflow.
            _eigenflow() {
              local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" path="" word words="" options="" values="" i
              for ((i = 1; i < COMP_CWORD; i++)); do
                word="${path:+$path }${COMP_WORDS[i]}"
                case "$word" in

            """);
        foreach (var row in rows.Where(row => row.Path.Length > 0))
            script.Append("      '").Append(row.Path).Append("') path=\"$word\" ;;\n");
        script.Append(
            """
                esac
              done
              case "$path" in

            """);
        foreach (var row in rows)
            script.Append("    '").Append(row.Path).Append("') words='").AppendJoin(' ', row.Words).Append("' options='").AppendJoin(' ', row.Options.Select(option => option.Key)).Append("' ;;\n");
        script.Append(
            """
              esac
              case "$path $prev" in

            """);
        foreach (var (path, option, values) in Valued(rows))
            script.Append("    '").Append(path).Append(' ').Append(option).Append("') values='").AppendJoin(' ', values ?? ["FILE"]).Append("' ;;\n");
        script.Append(
            """
              esac
              COMPREPLY=()
              if [ "$values" = FILE ]; then
                COMPREPLY=($(compgen -f -- "$cur"))
              elif [ -n "$values" ]; then
                COMPREPLY=($(compgen -W "$values" -- "$cur"))
              elif [ "${cur#-}" != "$cur" ]; then
                COMPREPLY=($(compgen -W "$options" -- "$cur"))
              elif [ -n "$words" ]; then
                COMPREPLY=($(compgen -W "$words" -- "$cur"))
              else
                COMPREPLY=($(compgen -f -- "$cur"))
              fi
            }
            complete -F _eigenflow eigenflow ./eigenflow

            """);
        return script.ToString();
    }

    private static string Fish(IReadOnlyList<CompletionRow> rows)
    {
        var script = new StringBuilder();
        script.Append(
            """
            # Completion of eigenflow for fish: save as ~/.config/fish/completions/eigenflow.fish.
            function __eigenflow_path
              set -l path ""
              for word in (commandline -opc)[2..-1]
                switch (string trim -- "$path $word")

            """);
        foreach (var row in rows.Where(row => row.Path.Length > 0))
            script.Append("      case '").Append(row.Path).Append("'\n        set path '").Append(row.Path).Append("'\n");
        script.Append(
            """
                end
              end
              test "$path" = "$argv[1]"
            end

            """);
        foreach (var row in rows)
        {
            var condition = $"complete -c eigenflow -n \"__eigenflow_path '{row.Path}'\"";
            if (row.Words.Count > 0)
                script.Append(condition).Append(" -f -a '").AppendJoin(' ', row.Words).Append("'\n");
            foreach (var (option, values) in row.Options)
            {
                script.Append(condition).Append(" -l ").Append(option.TrimStart('-'));
                if (values is null)
                    script.Append(" -r");
                else if (values.Count > 0)
                    script.Append(" -x -a '").AppendJoin(' ', values).Append('\'');
                script.Append('\n');
            }
        }

        return script.ToString();
    }

    private static string PowerShell(IReadOnlyList<CompletionRow> rows)
    {
        var script = new StringBuilder("# Completion of eigenflow for PowerShell: dot-source this file in your profile.\n$eigenflowWords = @{\n");
        foreach (var row in rows)
            script.Append("  '").Append(row.Path).Append("' = '").AppendJoin(' ', row.Words).Append("'\n");
        script.Append("}\n$eigenflowOptions = @{\n");
        foreach (var row in rows)
            script.Append("  '").Append(row.Path).Append("' = '").AppendJoin(' ', row.Options.Select(option => option.Key)).Append("'\n");
        script.Append("}\n$eigenflowValues = @{\n");
        foreach (var (path, option, values) in Valued(rows))
            script.Append("  '").Append(path).Append(' ').Append(option).Append("' = '").AppendJoin(' ', values ?? ["FILE"]).Append("'\n");
        script.Append(
            """
            }
            Register-ArgumentCompleter -Native -CommandName eigenflow -ScriptBlock {
              param($wordToComplete, $commandAst, $cursorPosition)
              $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
              $path = ''
              foreach ($word in $typed) {
                $longer = "$path $word".Trim()
                if ($eigenflowWords.ContainsKey($longer)) { $path = $longer }
              }
              $values = if ($typed.Count -gt 0) { $eigenflowValues["$path $($typed[-1])"] }
              if ($values -eq 'FILE') { return }
              if (-not $values) { $values = if ($wordToComplete.StartsWith('-')) { $eigenflowOptions[$path] } else { $eigenflowWords[$path] } }
              $values -split ' ' | Where-Object { $_ -and $_.StartsWith($wordToComplete) } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """);
        return script.ToString();
    }

    // Options that a value follows.
    private static IEnumerable<(string Path, string Option, IReadOnlyList<string>? Values)> Valued(IReadOnlyList<CompletionRow> rows) =>
        rows.SelectMany(row => row.Options.Where(option => option.Value is null or { Count: > 0 }).Select(option => (row.Path, option.Key, option.Value)));
}
