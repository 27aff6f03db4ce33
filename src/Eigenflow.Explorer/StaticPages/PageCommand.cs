using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>The command that makes a page again: what was chosen, which depends on the machine, stands in it too.</summary>
internal static class PageCommand
{
    /// <summary>The method of a page of which nobody says it.</summary>
    public static string UsualMethod(ISystem system) => system.Methods.FirstOrDefault(method => method.Role == MethodRole.Theory)?.Name ?? system.Methods[0].Name;

    /// <summary>The command line.</summary>
    public static string Of(StaticPagePlan plan)
    {
        var request = plan.Request;
        List<string> words = ["eigenflow explore --export DIR", request.System.Id];
        if (plan.Axes.Where(axis => axis.Count is not null).Select(axis => FormattableString.Invariant($"{axis.Parameter.Name}:{axis.Count}")).ToArray() is { Length: > 0 } counted)
            words.Add("--parameters " + ShellWord.Quoted(string.Join(',', counted)));
        words.AddRange(plan.Axes.Where(axis => axis.Count is null).Select(axis => "--grid " + ShellWord.Quoted($"{axis.Parameter.Name}={axis.Text}")));
        words.AddRange(request.Given.Pairs.Select(pair => "--set " + ShellWord.Quoted($"{pair.Key}={Setting.Format(pair.Value)}")));
        if (plan.Methods is not [var one] || !string.Equals(one, UsualMethod(request.System), StringComparison.Ordinal))
            words.Add("--method " + ShellWord.Quoted(string.Join(',', plan.Methods)));
        if (request.IsUnlimited)
            words.Add("--force");
        return string.Join(' ', words);
    }
}
