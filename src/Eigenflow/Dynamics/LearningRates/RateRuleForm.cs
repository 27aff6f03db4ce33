using Eigenflow.Settings;

namespace Eigenflow.Dynamics;

/// <summary>A learning-rate rule as it was written: <c>constant</c> (which is the schedule), <c>adagrad-norm:SCALE:OFFSET</c>, <c>line-search</c> or <c>polyak</c>.</summary>
/// <param name="Text">What was written.</param>
internal sealed record RateRuleForm(string Text)
{
    private const string AdaGrad = "adagrad-norm:SCALE:OFFSET";
    private static readonly TextForm[] Forms = [TextForm.Of("constant"), TextForm.Of(AdaGrad), TextForm.Of("line-search"), TextForm.Of("polyak")];

    /// <summary>Whether the rate is that of the schedule, and the learning rate is read.</summary>
    public bool IsScheduled => Text == "constant";

    /// <summary>Declares the parameter <c>rule</c>.</summary>
    /// <param name="help">One sentence.</param>
    public static Parameter<RateRuleForm> Parameter(string help) => Settings.Parameter.Text("rule", "γ(t)", "constant", help, Forms, Read, form => form.Text) with { Examples = ["adagrad-norm:1:1"] };

    /// <summary>The rule.</summary>
    /// <param name="schedule">The rule of the schedule.</param>
    /// <param name="floor">The least risk, for Polyak's rate.</param>
    public LearningRateRule Rule(Func<LearningRateRule> schedule, Func<double> floor) => Text switch
    {
        "constant" => schedule(),
        "line-search" => new LineSearchRate(),
        "polyak" => new PolyakRate(floor()),
        _ => Norm(Text)!,
    };

    private static RateRuleForm Read(string text) => text is "constant" or "line-search" or "polyak" || Norm(text) is not null
        ? new RateRuleForm(text)
        : throw new ParameterException("rule", text, string.Join(", ", Forms.SkipLast(1)) + " or " + Forms[^1] + ", with SCALE and OFFSET > 0", Suggestion.For(text.Split(':')[0], Forms.Select(form => form.Word)));

    private static AdaGradNormRate? Norm(string text) => text.Split(':') is ["adagrad-norm", var scale, var offset] && TextForm.Real(scale) is > 0 and var eta && TextForm.Real(offset) is > 0 and var b ? new AdaGradNormRate(eta, b) : null;
}
