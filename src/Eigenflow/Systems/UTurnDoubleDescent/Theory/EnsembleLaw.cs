namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// How the mean of B exchangeable smoothers depends on B: p(B) = p_1/B + (1 − 1/B) p_12 and MSE(B) = MSE_∞ + (MSE_1 − MSE_∞)/B. Both are identities of the mean over all ways of choosing B of the given members,
/// since squares of a mean are sums over pairs. p_12 and MSE_∞ come from all pairs, in the time of one pass over the members: the square of the sum holds them.
/// </summary>
/// <param name="One">p_1, mean effective parameters of one member.</param>
/// <param name="Pair">p_12, the same of two different members.</param>
/// <param name="ErrorOfOne">MSE_1.</param>
/// <param name="ErrorOfMany">MSE_∞.</param>
internal sealed record EnsembleLaw(double One, double Pair, double ErrorOfOne, double ErrorOfMany)
{
    /// <summary>Measures the law.</summary>
    /// <param name="members">At least two smoothers of the same training points.</param>
    /// <param name="training">The training points.</param>
    /// <param name="evaluation">Where it is measured.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    /// <exception cref="ParameterException">Fewer than two members.</exception>
    public static EnsembleLaw Of(IReadOnlyList<Smoother> members, LabelledSample training, LabelledSample evaluation, CancellationToken cancellation = default)
    {
        if (members.Count < 2)
            throw new ParameterException("trees", members.Count, "at least 2", "a law over pairs needs two members");
        EffectiveParameters[] alone = [.. members.Select(member => EffectiveParameters.Of(member, training, evaluation, cancellation))];
        var all = EffectiveParameters.Of(new MeanSmoother(members), training, evaluation, cancellation);
        double count = members.Count;

        // The mean over all pairs, of which 1/B are those of a member with itself.
        double Pairs(double mean, double own) => ((count * mean) - own) / (count - 1);
        var (one, error) = (alone.Average(member => member.Parameters), alone.Average(member => member.SquaredError));
        return new EnsembleLaw(one, Pairs(all.Parameters, one), error, Pairs(all.SquaredError, error));
    }

    /// <summary>Effective parameters of B members.</summary>
    public double Parameters(double members) => Pair + ((One - Pair) / members);

    /// <summary>Mean squared error of B members.</summary>
    public double Error(double members) => ErrorOfMany + ((ErrorOfOne - ErrorOfMany) / members);
}
