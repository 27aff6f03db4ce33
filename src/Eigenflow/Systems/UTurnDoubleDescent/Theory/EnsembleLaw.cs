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
        var outputs = training.Outputs;
        double[] weights = new double[training.Rows], sum = new double[training.Rows], predicted = new double[outputs], errors = new double[outputs];
        double own = 0, all = 0, ownError = 0, allError = 0;
        for (var row = 0; row < evaluation.Rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(sum);
            Array.Clear(errors);
            foreach (var member in members)
            {
                member.Weights(evaluation.Input(row), weights);
                member.Predict(evaluation.Input(row), predicted);
                for (var i = 0; i < sum.Length; i++)
                {
                    own += weights[i] * weights[i];
                    sum[i] += weights[i];
                }

                for (var k = 0; k < outputs; k++)
                {
                    var error = predicted[k] - evaluation.Label(row)[k];
                    ownError += error * error;
                    errors[k] += error;
                }
            }

            all += sum.Sum(value => value * value);
            allError += errors.Sum(value => value * value);
        }

        double count = members.Count, scale = (double)training.Rows / evaluation.Rows;
        double Pairs(double whole, double single) => (whole - single) / (count * (count - 1));
        return new EnsembleLaw(scale * own / count, scale * Pairs(all, own), ownError / count / evaluation.Rows, Pairs(allError, ownError) / evaluation.Rows);
    }

    /// <summary>Effective parameters of B members.</summary>
    public double Parameters(double members) => Pair + ((One - Pair) / members);

    /// <summary>Mean squared error of B members.</summary>
    public double Error(double members) => ErrorOfMany + ((ErrorOfOne - ErrorOfMany) / members);
}
