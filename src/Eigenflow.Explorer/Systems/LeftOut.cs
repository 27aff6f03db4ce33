using Eigenflow.Explorer.Contracts;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Systems;

/// <summary>Numbers that have no meaning beside what was typed: the engine wants them left out, whatever their value. The page offers no control for them.</summary>
internal static class LeftOut
{
    // The words with which the engine refuses a value because there may be none.
    private const string Words = "left out";

    /// <summary>Names of parameters that a run of this setting may not have, by the engine's own rule.</summary>
    /// <param name="system">The system.</param>
    /// <param name="run">What was typed. Settings with files are not judged: that would read them again and again.</param>
    public static IReadOnlyList<string> Of(ISystem system, RunRequest run)
    {
        if (run.Setting.Values.Any(text => text?.Contains("file:", StringComparison.Ordinal) ?? false))
            return [];
        var (method, given) = (system.Method(run.Method), run.Given(system));
        return [.. system.Parameters.Where(parameter => !run.Setting.ContainsKey(parameter.Name) && system.IsRead(method, parameter.Name) && SliderRange.Of(parameter) is { } slider && IsRefused(parameter, slider)).Select(parameter => parameter.Name)];

        bool IsRefused(Parameter parameter, SliderRange slider)
        {
            // In the middle, where a number is most likely to be allowed.
            var middle = slider.IsLogarithmic ? Math.Sqrt(slider.From * slider.To) : (slider.From + slider.To) / 2;
            object probe = parameter.Kind == ParameterKind.Integer ? (long)Math.Round(middle) : middle;
            try
            {
                _ = system.Complete(run.Method, given.With(parameter.Name, probe));
                return false;
            }
            catch (ParameterException refusal)
            {
                return string.Equals(refusal.Parameter, parameter.Name, StringComparison.Ordinal) && refusal.Allowed.StartsWith(Words, StringComparison.Ordinal);
            }
            catch (EigenflowException)
            {
                return false;
            }
        }
    }
}
